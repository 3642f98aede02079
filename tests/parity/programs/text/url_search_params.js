const p = new URLSearchParams("?a=1&b=2&a=3+4&c");
console.log(p.toString(), String(p.size), JSON.stringify([...p]), [...p.keys()].join(), [...p.values()].join(), String(p.has("a", "1")), String(p.has("zz")));
p.set("a", "x"); p.append("d", "é"); p.delete("b");
console.log(String(p));
p.sort();
console.log(String(p), String(new URLSearchParams({ x: 1, y: [1, 2] })), String(new URLSearchParams([["k", "v"], ["k", "w"]])), String(new URLSearchParams(new Map([["m", "n"]]))));
p.forEach((value, name, all) => console.log(name, value, String(all === p)));
const it = new URLSearchParams("a=1").entries();
console.log(JSON.stringify(it.next()), JSON.stringify(it.next()), Object.prototype.toString.call(it), JSON.stringify(Object.fromEntries(new URLSearchParams("q=a%20b&r=%zz"))));
