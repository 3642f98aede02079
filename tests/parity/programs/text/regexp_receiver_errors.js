for (const f of [() => RegExp.prototype.exec.call({}), () => Object.getOwnPropertyDescriptor(RegExp.prototype, "global").get.call({}), () => Object.getOwnPropertyDescriptor(RegExp.prototype, "flags").get.call(1), () => RegExp.prototype.toString.call(1), () => RegExp.prototype.test.call({ exec: () => 1 }), () => Object.freeze(/a/g).test("a"), () => RegExp.prototype.exec.call(undefined, "a")]) {
  try { console.log(String(f())); } catch (e) { console.log(e.name + ": " + e.message); }
}
console.log(RegExp.prototype.toString.call({ source: "s", flags: "f" }), Object.getOwnPropertyDescriptor(RegExp.prototype, "flags").get.call({ global: 1, sticky: true }));
