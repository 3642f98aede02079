const x = 'outer'
{
  const x = 'block'
  console.log(x)
  {
    let x = 'inner'
    x += '!'
    console.log(x)
  }
  console.log(x)
}
console.log(x)
function f(x) {
  console.log(x)
  { let x = 2; console.log(String(x)) }
  return () => x
}
console.log(String(f(1)()))
for (const x of ['a', 'b']) console.log(x)
for (const x of ['c']) { const y = x; { const y = 'deep'; console.log(y) } console.log(y) }
console.log([1, 2].map(x => x * 2).join())
try { throw 'thrown' } catch (x) { console.log(x); { const x = 'again'; console.log(x) } }
console.log(x)
