const o = {
  n: 'o', reg() { return this?.n }, arrow: () => typeof this, nested() { return [1].map(() => this.n).join() },
  inner() { function plain() { return this === undefined } return plain() }, get g() { return this.n }, async am() { await 0; return this.n },
  *gen() { yield this.n }, cb(f) { return f() }, useCb() { return this.cb(() => this.n) + this.cb(function () { return typeof this }) },
}
console.log(o.reg(), o.arrow(), o.nested(), o.inner(), o.g, await o.am(), o.gen().next().value, o.useCb())
const { reg } = o; console.log(reg(), (0, o.reg)(), (o.reg)(), (o?.reg)(), [o.reg][0]?.call({ n: 'called' }))
console.log(o.reg.call('str'), o.reg.apply({ n: 'ap' }), o.reg.bind({ n: 'b1' }).bind({ n: 'b2' })(), o.reg.call(null), (function () { return typeof this }).call(1))
const arr = [function () { return this.length }, 2]; console.log(arr[0]())
class K { n = 'K'; m() { return this?.n } static s = () => this.name; arrow = () => this.n; chain() { return { n: 'inner', get: () => this.n, own() { return this.n } } } }
const k = new K(), { m, arrow } = k; console.log(m(), arrow(), K.s(), k.chain().get(), k.chain().own())
console.log([1, 2].map(function (x) { return this.k * x }, { k: 5 }).join(), [3].map((x) => typeof this).join(), Array.from([1], function () { return this.z }, { z: 'Z' }).join())
const tagged = { t() { return this === tagged } }; console.log(tagged.t``, tagged['t']``)
const proto = { who() { return this.name } }, kid = Object.setPrototypeOf({ name: 'kid' }, proto); console.log(kid.who())
new (function () { this.x = 1; console.log(Object.keys(this).join(), this instanceof Object) })()
console.log((() => { try { return (function () { return this.x })() } catch (e) { return e.message } })())
console.log(typeof (() => this)(), (() => () => this)()() === this)
