console.log(JSON.stringify("a1b2".match(/\d/g)), JSON.stringify("a1b2".match(/\d/)), String("abc".match(/\d/g)), String("abc".match(/\d/)));
const m = "x12".match(/(\d)(\d)(z)?/);
console.log(String(m.length), String(m.index), String(m[3]), Object.keys(m).join());
console.log(JSON.stringify("abc".match("b")), JSON.stringify("a.c".match(".")), String("abc".match().length), JSON.stringify("anullb".match(null)));
console.log(JSON.stringify("".match(/(?:)/g)), JSON.stringify("ab".match(/(?:)/g)), JSON.stringify("aBc".match(/[a-z]/gi)));
