const m = /a(?<Z>b)(c)?/d.exec("xab");
console.log(JSON.stringify(m.indices), JSON.stringify(m.indices.groups), String(m.indices[2]), Object.keys(m).join());
console.log(String(/a/.exec("a").indices));
