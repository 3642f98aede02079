const re = /a/gi;
console.log(String(RegExp(re) === re), String(new RegExp(re) === re), String(new RegExp(re)), String(new RegExp(re, "m")), String(RegExp(re, "g") === re));
console.log(String(new RegExp(undefined)), String(new RegExp(null)), String(new RegExp(12)), String(new RegExp("a", undefined)));
console.log(String(new RegExp({ toString: () => "x+" })), String(new RegExp({ [Symbol.match]: true, source: "s", flags: "g" })));
console.log(String(RegExp.length), RegExp.name, String(RegExp[Symbol.species] === RegExp), String(re.constructor === RegExp));
