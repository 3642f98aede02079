let n = 0
const k = 'dyn'
const o = {
  get a() { return ++n }, set a(v) { n = v },
  get [k + '1']() { return 'd1' }, [k + '2']: 'd2', [`${k}3`]() { return 'd3' }, async am() {}, *gm() { yield 1 }, async *agm() {},
  get 'quoted key'() { return 'q' }, get 5() { return 'five' }, 0x10: 'hex', 1e3: 'thousand', .5: 'half',
}
console.log(o.a, o.a, (o.a = 10), o.a, n)
o.a += 5
o.a++
console.log(n, o.dyn1, o.dyn2, o.dyn3(), o['quoted key'], o[5], o[16], o[1000], o[0.5])
console.log(Object.keys(o).join())
console.log(o.dyn3.name, o.am.name, o.gm.name, Object.getOwnPropertyDescriptor(o, 'a').get.name, Object.getOwnPropertyDescriptor(o, 'a').set.name, Object.getOwnPropertyDescriptor(o, 'dyn1').get.name)
const copy = { ...o }
console.log(Object.getOwnPropertyDescriptor(copy, 'a').get, typeof copy.a)
const order = []
const f = (x) => (order.push(x), x)
const w = { [f('k1')]: f('v1'), [f('k2')]: f('v2'), ...(f('spread'), { s: 1 }), m: f('v3') }
console.log(order.join(), Object.keys(w).join())
const dup = { a: 1, get a() { return 2 }, b: 1, b: 2 }
console.log(dup.a, dup.b, Object.keys(dup).join())
const dup2 = { get a() { return 1 }, a: 5 }
console.log(dup2.a)
