function f(a, b) { return [this === undefined ? 'undef' : this === null ? 'null' : typeof this === 'object' ? this.n : this, a, b, arguments.length].join() }
console.log(f(1, 2), f.call(null, 1), f.call({ n: 'o' }, 1, 2, 3), f.apply(7, [1, 2]), f.apply(undefined), f.apply('s', { length: 2, 0: 'x', 1: 'y' }))
const bound = f.bind({ n: 'bound' }, 'A')
console.log(bound('B'), bound.call({ n: 'other' }, 'C'), bound.bind({ n: 'no' }, 'D')('E'))
function P(x, y) { this.x = x; this.y = y }
P.prototype.sum = function () { return this.x + this.y }
const BP = P.bind({ ignored: 1 }, 10)
const p = new BP(5)
console.log(p.sum(), p instanceof P, p instanceof BP, p.constructor === P, BP.prototype)
const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => Function.prototype.bind.call(5)); t(() => f.apply(null, 5)); t(() => f.apply(null, 'ab')); t(() => f.apply(null, null)); t(() => new (() => {})()); t(() => new ({ m() {} }).m()); t(() => new Math.max())
t(() => Math.max.apply(null, [1, 5, 3])); t(() => Array.prototype.slice.call({ length: 2, 0: 'a', 1: 'b' }, 1)); t(() => [].concat.apply([], [[1], [2]]))
t(() => Function.prototype()); t(() => Function.prototype.name === '' && Function.prototype.length); t(() => typeof Function.prototype)
const arrowThis = function () { return (() => this)() }
t(() => arrowThis.call('x')); t(() => ({ n: 1, m() { return (() => this.n)() } }).m()); t(() => ({ n: 2, a: () => typeof this }).a())
const { m } = { m() { return this } }
t(() => m()); t(() => (0, { m() { return typeof this } }.m)()); t(() => [function () { return this.length }][0]())
t(() => (function () { return typeof new.target })()); t(() => typeof new (function () { this.t = new.target })().t); t(() => Reflect.construct(function () { this.k = new.target.name }, [], class Z {}).k)
