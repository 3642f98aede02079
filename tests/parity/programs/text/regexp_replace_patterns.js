console.log("abc".replace(/b/, "[$&]"), "abc".replace(/b/, "[$`]"), "abc".replace(/b/, "[$']"), "abc".replace(/b/, "$$"));
console.log("abc".replace(/(b)/, "$1$01$10$2$0"), "abc".replace(/b/, "$"), "abc".replace(/b/, "$x"));
console.log("aaa".replace(/a/g, "$`-"), "aaa".replace(/a/g, "$'-"));
const many = new RegExp("(.)".repeat(12));
console.log("abcdefghijkl".replace(many, "$12$11$10$1$100"));
