console.log("xxeai".match(/[[a-z]&&[aeiou]]+/v)[0], "12ab".match(/[\w--\d]+/v)[0], "abcx".match(/[\q{abc|d}]x/v)[0], String(/^[\q{KM|a}]$/iv.test("km")), String(/\p{L}/v.test("é")), String(/[\p{L}--[a-z]]/v.test("a")));
console.log(String(/a/v.unicodeSets), String(/a/v.unicode), /a/gv.flags, JSON.stringify("😀a".match(/./gv)), String("😀".match(/^[😀😎]$/v).index));
