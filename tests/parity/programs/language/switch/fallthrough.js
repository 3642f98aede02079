function f(x) {
  const out = []
  switch (x) {
    case 1: out.push('one')
    case 2: out.push('two'); break
    case 'a':
    case 'b': out.push('letter')
    default: out.push('default')
    case 3: out.push('three'); break
    case 4: { out.push('four'); break }
    case 5: return 'five'
    case NaN: out.push('never')
    case null: out.push('null')
  }
  return out.join('+')
}
for (const x of [1, 2, 3, 4, 5, 'a', 'b', 'c', NaN, null, undefined, '1', true]) console.log(String(x), f(x))
