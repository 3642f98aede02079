console.log(JSON.stringify(/b/[Symbol.match]("abc")), /b/g[Symbol.replace]("abcb", "x"), JSON.stringify(/b/[Symbol.split]("abc")), String(/c/[Symbol.search]("abc")));
console.log(JSON.stringify("abc".replace({ [Symbol.replace]: (s, r) => [s, r] }, 1)), JSON.stringify("abc".split({ [Symbol.split]: (s, l) => [s, l] }, 5)));
console.log("abc".match({ [Symbol.match]: (s) => "m" + s }), "abc".search({ [Symbol.search]: (s) => "s" + s }));
console.log(String("a/b/c".includes("/b")), String("/a/".startsWith("/a/")));
try { "abc".includes(/b/); } catch (e) { console.log(e.message); }
const re = /b/;
re[Symbol.match] = false;
console.log(String("/b/".includes(re)));
