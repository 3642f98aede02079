console.log("john smith".replace(/\b\w/g, (c) => c.toUpperCase()));
console.log("a1b2".replace(/([a-z])(\d)/g, (all, l, d, at, whole) => `<${all},${l},${d},${at},${whole}>`));
console.log("ab".replace(/(x)?b/, (all, x, at) => `${all}${x}${at}`));
console.log("abc".replace(/./g, () => undefined), "abc".replace(/./g, () => null), "abc".replace(/b/, () => "$&"));
console.log("abc".replace(/(?:)/g, "-"), "abc".replace(/x*/g, "."), "".replace(/^/, "!"));
