console.log(early())
function early() { return 'hoisted ' + helper() }
function helper() { return typeof late }
var late = 1
{
  console.log(inBlock())
  function inBlock() { return 'block function' }
}
console.log(typeof inBlock)
function twice() { return 1 }
console.log(outer())
function outer() {
  return inner() + x
  var x = 5
  function inner() { return 'inner ' }
}
