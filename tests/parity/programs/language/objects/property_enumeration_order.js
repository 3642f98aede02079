const o = { z: 1, 5: 'a', y: 2, 1: 'b', [Symbol('s')]: 3, '-1': 4, 4294967295: 'big', 4294967294: 'max', '03': 5, x: 6 }
o[0] = 'zero'; o.w = 7; delete o.y; o.y = 'again'; o[2] = 'two'
console.log(Object.keys(o).join(), JSON.stringify(o)); for (const k in o) console.log(k); console.log(Object.entries({ ...o, 3: 'three' }).map(([k]) => k).join(), Object.assign({}, o, { 0: 'new' })[0])
const m = new Map(Object.entries(o)); console.log([...m.keys()].join()); class C { b = 1; 2 = 2; a = 3; 1 = 4; ['c'] = 5 } console.log(Object.keys(new C()).join(), Reflect.ownKeys(o).length, Object.getOwnPropertyNames([1, 2]).join())
const arr = [1, 2]; arr.extra = 'e'; arr[5] = 6; console.log(Object.keys(arr).join(), arr.length, JSON.stringify(arr)); for (const k in arr) console.log(k)
const f = Object.fromEntries([['b', 1], [2, 'x'], ['a', 2], [1, 'y']]); console.log(JSON.stringify(f)); const g = structuredClone({ q: 1, 3: 2, p: { 9: 1, k: 2 } }); console.log(JSON.stringify(g))
const acc = { get b() { return 1 }, a: 2, get 1() { return 3 } }; console.log(JSON.stringify(acc), Object.values(acc).join()); const { a, ...rest } = { c: 1, 7: 2, a: 3, b: 4 }; console.log(JSON.stringify(rest), a)
console.log(JSON.stringify(JSON.parse('{"b":1,"10":2,"a":3,"2":4,"b":5}')), Object.keys(Object.create({ inh: 1 }, { own: { value: 1, enumerable: true }, hid: { value: 2 } })).join())
