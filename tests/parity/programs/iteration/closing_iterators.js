const make = (n, over = {}) => ({ [Symbol.iterator]() { let i = 0; return { next() { console.log('next'); return { done: i >= n, value: i++ } }, return(v) { console.log('return ' + arguments.length); return {} }, ...over } } })
for (const x of make(3)) { console.log(x); if (x) break }
try { for (const x of make(3)) throw new Error('body') } catch (e) { console.log(e.message) }
const f = () => { for (const x of make(3)) return 'ret ' + x }
console.log(f())
outer: for (const a of make(2)) { for (const b of make(2)) continue outer }
const [a, b] = make(5)
console.log(a, b)
const [c, ...d] = make(3)
console.log(c, d.join())
const [] = make(2)
const [e, g, h] = make(2)
console.log(e, g, h)
try { for (const x of make(3, { return() { throw new Error('from return') } })) break } catch (e) { console.log(e.message) }
try { for (const x of make(3, { return() { throw new Error('from return') } })) throw new Error('wins') } catch (e) { console.log(e.message) }
for (const over of [{ return: 5 }, { return: () => 5 }, { return: null }, { next: () => 7 }, { next: 1 }, { next() { throw new Error('next throws') } }, { next: () => ({ get done() { throw new Error('done throws') } }) }, { next: () => ({ get value() { throw new Error('value throws') } }) }]) {
  try { for (const x of make(3, over)) break; console.log('fine') } catch (e) { console.log(e.name + ': ' + e.message) }
}
