function f() {
  console.log(typeof v, v)
  if (true) { var v = 1 }
  for (var i = 0; i < 3; i++) { var last = i }
  console.log(v, i, last)
  var v
  console.log(v)
  var fs = []
  for (var j = 0; j < 3; j++) fs.push(() => j)
  console.log(fs.map(g => g()).join())
  for (var k in { a: 1, b: 2 });
  console.log(k)
  for (var o of [1, 2, 3]) ;
  console.log(o)
  { var { p, q = 3 } = { p: 1 } }
  console.log(p, q)
}
f()
var top = 1
var top
console.log(top)
function g(a) { var a; console.log(a); var a = 2; console.log(a) }
g(1)
function h() { try { throw 1 } catch (e) { var e2 = e } return e2 }
console.log(h())
