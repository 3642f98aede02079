const ArrayIteratorPrototype = Object.getPrototypeOf([][Symbol.iterator]())
const IteratorPrototype = Object.getPrototypeOf(ArrayIteratorPrototype)
const it = {}
console.log(IteratorPrototype[Symbol.iterator].call(it) === it, IteratorPrototype[Symbol.iterator].name)
for (const x of [new Map().keys(), new Set().values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g), (function* () {})()]) {
  let p = x, depth = 0
  while (p && p !== IteratorPrototype) { p = Object.getPrototypeOf(p); depth++ }
  console.log(Object.prototype.toString.call(x), depth, p === IteratorPrototype)
}
async function* ag() {}
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(ag.prototype))
console.log(typeof AsyncIteratorPrototype[Symbol.asyncIterator], AsyncIteratorPrototype[Symbol.asyncIterator].call(it) === it)
function* g() {}
console.log(Object.getPrototypeOf(g).constructor.name, Object.getPrototypeOf(ag).constructor.name, Object.prototype.toString.call(g), Object.prototype.toString.call(ag))
console.log(Object.keys(g.prototype).length, Object.getPrototypeOf(g.prototype) === Object.getPrototypeOf(g).prototype, g.prototype.hasOwnProperty('constructor'))
g.prototype = 5
console.log(Object.getPrototypeOf(g()) === Object.getPrototypeOf(g).prototype)
function* h() { return this }
h.prototype.extra = 'shared'
console.log(h().extra, h.call('x').next().value)
