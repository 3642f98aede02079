const found = [..."a1b22".matchAll(/([a-z])(\d+)/g)];
console.log(found.map((m) => `${m[0]}@${m.index}:${m[1]}:${m[2]}`).join(" "));
const it = "aaa".matchAll(/a/g);
console.log(String(it.next().value.index), String(it.next().value.index), JSON.stringify(Object.keys(it)), String(it));
console.log(JSON.stringify([..."ab".matchAll(/(?:)/g)].map((m) => m.index)));
try { "a".matchAll(/a/); } catch (e) { console.log(e.name + ": " + e.message); }
console.log(JSON.stringify([..."a.b".matchAll(".")].map((m) => m[0])));
const re = /a/g;
re.lastIndex = 1;
console.log(String([..."aaa".matchAll(re)].length), String(re.lastIndex));
