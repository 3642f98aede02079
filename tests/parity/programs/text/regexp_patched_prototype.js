const original = RegExp.prototype.exec;
RegExp.prototype.exec = function (s) { const m = original.call(this, s); if (m) m[0] = m[0].toUpperCase(); return m; };
console.log(JSON.stringify("abab".match(/a/g)), "abab".replace(/b/g, "<$&>"), String(/zz/.test("a")));
RegExp.prototype.exec = original;
console.log(JSON.stringify("abab".match(/a/g)));
