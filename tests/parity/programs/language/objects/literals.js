const k = 'key', n = 5, fn = () => 'v'
const o = { k, n, [k]: 'computed', [`${k}2`]: 2, [n + 1]: 'six', 'quoted key': 1, 1.5: 'float', 0x10: 'hex', 1e3: 'exp', '': 'empty', [fn()]: fn, null: 1, true: 2, undefined: 3, if: 4, class: 5 }
console.log(Object.keys(o).join('|'), o[6], o['1.5'], o[16], o[1000], o[''], o.null, o[null], o.if, o.class)
console.log({ a: 1, a: 2 }.a, { a: 1, b: 2, a: 3 }.a, Object.keys({ b: 1, a: 1, b: 2 }).join())
const acc = { _x: 0, get x() { return this._x }, set x(v) { this._x = v }, y: 1, get z() { return this.y + 1 }, w: 3 }
acc.x = 5; console.log(acc.x, acc.z, Object.keys(acc).join(), JSON.stringify(acc))
console.log(Object.entries({ get a() { return 'ga' }, b() { return 1 } }).map(([k, v]) => k + typeof v).join())
const over = { get p() { return 'getter' }, p: 'data' }, over2 = { q: 'data', get q() { return 'getter' } }
console.log(over.p, over2.q)
const self = { v: 1, m() { return this.v }, arrow: () => typeof this, nested: { m() { return this.v }, v: 2 } }
console.log(self.m(), self.arrow(), self.nested.m(), (0, self.nested).m(), (self.m)())
console.log(Object.getPrototypeOf({ __proto__: Array.prototype }) === Array.prototype, { __proto__: null } instanceof Object, { '__proto__': { i: 1 } }.i)
const v = { a: { b: { c: [1, { d: 'deep' }] } } }
console.log(v.a.b.c[1].d, v['a']['b'].c.length, v.a?.b?.c?.[1]?.d)
const num = { 10: 'a', 9: 'b', '-1': 'c', '01': 'd', x: 'e' }
console.log(Object.keys(num).join(), num[-1], num['01'], num[1])
console.log(JSON.stringify({ f() { }, u: undefined, s: Symbol(), n: NaN, d: new Date(0), nested: [undefined, () => { }], toJSON: undefined }))
const frozen = Object.freeze({ a: 1, in: { b: 2 } })
for (const f of [() => { frozen.a = 2 }, () => { frozen.c = 2 }, () => { delete frozen.a }, () => { frozen.in.b = 3; return 'ok' }]) { try { console.log(f()) } catch (e) { console.log(e.message) } }
console.log(frozen.in.b)
console.log(1..toFixed(1), 1.0.toString(), (5).constructor.name, 'x'.constructor === String, [].constructor.name, ({}).constructor.name)
const symKey = Symbol('d'); const so = { [symKey]: 1 }; so[symKey]++; console.log(so[symKey], symKey.toString(), symKey.description)
