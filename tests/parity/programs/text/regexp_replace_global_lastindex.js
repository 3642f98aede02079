const re = /a/g;
re.lastIndex = 2;
console.log("aaa".replace(re, "b"), String(re.lastIndex));
const sticky = /a/y;
console.log("aab".replace(sticky, "x"), String(sticky.lastIndex));
console.log("aab".replace(sticky, "x"), String(sticky.lastIndex));
console.log("aab".replace(sticky, "x"), String(sticky.lastIndex));
const both = /a/gy;
console.log("aaba".replace(both, "x"), String(both.lastIndex));
