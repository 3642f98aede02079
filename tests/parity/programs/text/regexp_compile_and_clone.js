const re = /a/g;
re.lastIndex = 3;
console.log(String(re.compile("b", "i")), String(re.lastIndex), String(re === re.compile("c")), re.flags + "|");
const copy = structuredClone(/x/gi);
copy.lastIndex = 0;
console.log(String(copy), String(copy instanceof RegExp));
