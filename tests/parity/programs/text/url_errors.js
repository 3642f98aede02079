for (const f of [() => new URL("nope"), () => new URL("/x", "nope"), () => new URL(), () => URL("http://a"), () => new URL("http://"), () => new URL("http://a:99999"), () => new URL("http://exa mple"), () => new URLSearchParams([[1]]), () => new URLSearchParams("a").get()]) {
  try { console.log(String(f())); } catch (e) { console.log(e.name + ": " + e.message + " " + e.code); }
}
