const log = []
function it(n) {
  let i = 0
  return { [Symbol.iterator]: () => ({ next() { log.push('n'); return i < n ? { value: i++ } : { done: true } }, return() { log.push('ret'); return {} } }) }
}
let [a, b] = it(5); log.push(a + b)
let [c, d, e] = it(2); log.push(String(e))
let [...f] = it(2); log.push(f.length)
let [] = it(3)
let [g = (log.push('default'), 7)] = it(0); log.push(g)
let [, , h] = it(9); log.push(h)
try { let [i = (() => { throw 'in default' })()] = it(0) } catch (x) { log.push(x) }
try { let [[j]] = it(3) } catch (x) { log.push(x.message) }
const target = { set v(x) { log.push('set ' + x) } }
;[target.v, target.v] = it(3)
try { [{ set v(x) { throw 'setter' } }.v] = it(3) } catch (x) { log.push(x) }
const order = []
const src = { get a() { order.push('get a'); return undefined }, get b() { order.push('get b'); return 1 } }
const k = (n) => { order.push('key ' + n); return n }
const { [k('a')]: A = order.push('def a'), [k('b')]: B = order.push('def b') } = src
const objs = (n) => { order.push('obj ' + n); return {} }
;({ [k('a')]: objs(1)[k('p')], b: objs(2).q } = src)
;[objs(3)[k('z')] = order.push('d')] = []
console.log(order.join('; '))
console.log(log.join())
