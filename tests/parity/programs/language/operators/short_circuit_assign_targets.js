let log = []
const o = { get a() { log.push('get a'); return this._a }, set a(v) { log.push('set a ' + v); this._a = v }, _a: null }
const obj = () => { log.push('obj'); return o }, key = () => { log.push('key'); return 'a' }, val = (v) => { log.push('val ' + v); return v }
obj()[key()] ??= val(1); obj()[key()] ||= val(2); obj()[key()] &&= val(3); obj().a ??= val(4)
obj()[key()] += val(5); obj()[key()]++; --obj().a
console.log(log.join(', ')); log = []
const c = { x: null }; c?.x ?? (c.x = 'assigned'); console.log(c.x)
let u; const r = (u ??= 'U') + (u ||= 'no') + (u &&= 'and'); console.log(r, u)
const arr = []; arr[arr.length] = arr.length; arr[arr.length] = arr.length; arr[arr.length - 1] **= 2; console.log(arr.join())
class P { #v = null; static #s = 0; t() { this.#v ??= 1; this.#v ||= 2; this.#v &&= this.#v + 1; P.#s += 5; P.#s **= 2; P.#s++; return [this.#v++, ++this.#v, P.#s, -this.#v].join() } } console.log(new P().t())
class Q { constructor() { this.n = 1 } get n() { return this._n } set n(v) { this._n = v } } class R extends Q { up() { super.n += 5; super.n++; return super.n + ',' + this._n } } console.log(new R().up())
const m = new Map(); const inc = (k) => m.set(k, (m.get(k) ?? 0) + 1); 'abca'.split('').forEach(inc); console.log([...m].join(' '))
let i = 0; const nums = [10, 20, 30]; nums[i++] += i; nums[i] -= i++; nums[i] = nums[--i] + i; console.log(nums.join(), i)
let [x, y] = [1, 2]; x = y + (y = x) * 0; console.log(x, y); x += x++ + ++x; console.log(x)
let s = 'a'; s += s += 'b'; console.log(s); let t = 2; t *= t += 3; console.log(t)
