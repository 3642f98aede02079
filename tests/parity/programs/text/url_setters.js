const u = new URL("http://a.com/");
u.protocol = "https"; u.host = "b.org:444"; u.pathname = "x y/é"; u.search = "k=v w"; u.hash = "top"; u.username = "me";
console.log(u.href);
u.port = ""; u.search = ""; u.hash = ""; u.username = "";
console.log(u.href);
u.searchParams.append("a", "1 2"); u.searchParams.append("b", "ü&=");
console.log(u.href, u.search);
u.searchParams.delete("a"); u.search = "?z=9";
console.log(u.href, [...u.searchParams].join(";"));
u.href = "ftp://x/y";
console.log(u.href, String(u.searchParams.size));
try { u.href = "bad"; } catch (e) { console.log(e.name, e.message, e.code); }
