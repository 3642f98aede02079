const re = /a/g;
re.exec = function (s) { this.calls = (this.calls ?? 0) + 1; return this.calls > 2 ? null : { index: 0, 0: "a", length: 1 }; };
console.log("aaa".replace(re, "x"), String(re.calls));
re.calls = 0;
console.log(String(re.test("zzz")), JSON.stringify("q".match(re)));
class Counting extends RegExp {
  exec(s) { const m = super.exec(s); console.log("exec " + (m && m.index)); return m; }
  get flags() { return super.flags; }
}
const c = new Counting("b", "g");
console.log("abcb".replace(c, "X"), String(c instanceof RegExp), JSON.stringify("abcb".split(new Counting("c"))), JSON.stringify("bb".match(c)));
