class MyPromise extends Promise {
  constructor(executor) { super(executor); this.tag = 'mine' }
  tagged() { return this.then((v) => '[' + v + ']') }
}
const p = MyPromise.resolve(1)
console.log(p instanceof MyPromise, p.tag, p.then(() => {}) instanceof MyPromise)
console.log(await p.tagged())
console.log(await MyPromise.reject(new Error('e')).catch((e) => e.message))
console.log(MyPromise.resolve(p) === p, Promise.resolve(p) === p, await Promise.resolve(p))
console.log(p.finally(() => {}) instanceof MyPromise)
console.log(Object.prototype.toString.call(p), MyPromise[Symbol.species] === MyPromise)
class Plain extends MyPromise { static get [Symbol.species]() { return Promise } }
const q = Plain.resolve(2)
console.log(q instanceof Plain, q.then(() => {}) instanceof Plain, q.then(() => {}) instanceof Promise)
