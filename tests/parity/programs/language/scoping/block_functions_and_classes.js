console.log(typeof inner, typeof K)
{
  function inner() { return 'block ' + K.name }
  class K { }
  console.log(inner())
  { class K { static n = 'shadow' } console.log(K.n) }
}
if (true) { function cond() { return 'cond' } console.log(cond()) }
switch (1) { case 1: function sw() { return 'sw' } console.log(sw()) }
const v = (() => { { function x() { return 1 } } return typeof x })()
console.log(v)
for (const i of [1, 2]) { function loopFn() { return i } console.log(loopFn()) }
var inner, K
let a = 1; { a = 2; { let a = 3; a++ } } console.log(a)
const order = []; { order.push(typeof later); function later() { } } console.log(order.join())
