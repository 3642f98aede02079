const o = { b: 1, 2: 'two', a: 2, 1: 'one', [Symbol('s')]: 0, '-1': 'neg', '01': 'lead', 4294967294: 'max', 4294967295: 'over' }
console.log(Object.keys(o).join())
console.log(JSON.stringify(o))
o[0] = 'zero'
delete o.a
o.a = 'again'
console.log(Object.entries(o).map(([k, v]) => k + '=' + v).join())
console.log(Reflect.ownKeys(o).map(String).join())
const seen = []
for (const k in o) seen.push(k)
console.log(seen.join())
console.log(Object.keys({ ...o, z: 1, 3: 1 }).join())
console.log(Object.getOwnPropertyNames('abc').join(), Object.getOwnPropertyNames([1, 2]).join())
