const seen = [];
const re = /a/;
for (const k of ["hasIndices", "global", "ignoreCase", "multiline", "dotAll", "unicode", "unicodeSets", "sticky"]) Object.defineProperty(re, k, { get() { seen.push(k); return true; } });
console.log(re.flags, seen.sort().join());
console.log(JSON.stringify(Object.getOwnPropertyNames(RegExp.prototype).sort()), Object.getOwnPropertySymbols(RegExp.prototype).map(String).sort().join());
