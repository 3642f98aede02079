const original = Array.prototype[Symbol.iterator]
const show = () => { const [a, b] = [1, 2]; console.log([...[1, 2, 3]].join() + ' ' + a + b + ' ' + Math.max(...[4, 5])); for (const x of [9]) console.log(x) }
Array.prototype[Symbol.iterator] = function* () { for (let i = this.length - 1; i >= 0; i--) yield this[i] }
show()
Array.prototype[Symbol.iterator] = original
show()
const proto = Object.getPrototypeOf([][Symbol.iterator]())
const next = proto.next
proto.next = function () { const r = next.call(this); return r.done ? r : { done: false, value: r.value * 100 } }
show()
proto.next = next
const own = [1, 2]
own[Symbol.iterator] = function* () { yield 'own' }
console.log([...own].join())
class Twice extends Array { *[Symbol.iterator]() { for (const x of super[Symbol.iterator]()) { yield x; yield x } } }
console.log([...Twice.of(1, 2)].join())
show()
