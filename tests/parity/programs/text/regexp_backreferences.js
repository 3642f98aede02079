console.log(JSON.stringify("'a' \"b\" 'c\"".match(/(['"]).*?\1/g)), String(/\1(a)/.exec("aa")), String(/(a\1)/.exec("aa")), String(/(?:(a)|b)\1/.exec("b")), String(/\k<q>(?<q>x)/.exec("x")));
console.log(String(/(\w+) \1/.test("the the")), "aabbcd".replace(/(.)\1/g, "<$1>"), String(/^(a+)\1*,\1+$/.exec("aaaaaaaaaa,aaaaaaaaaaaaaaa")[1].length), "\\2:" + String(/\2/.test("\x02")));
