const re = new RegExp("a/b[/]\n", "gimsuyd".split("").sort().reverse().join(""));
console.log(re.source, re.flags, String(re));
for (const k of ["global", "ignoreCase", "multiline", "dotAll", "unicode", "unicodeSets", "sticky", "hasIndices"]) console.log(k, String(re[k]), String(/a/[k]));
console.log(new RegExp("").source, String(new RegExp("")), RegExp("\\/").source, new RegExp("\u2028").source);
console.log(JSON.stringify(Object.getOwnPropertyDescriptor(/a/, "lastIndex")), Object.keys(/a/).length + "", typeof /a/, Object.prototype.toString.call(/a/));
console.log(String(RegExp.prototype), RegExp.prototype.flags + "|", String(RegExp.prototype.global));
