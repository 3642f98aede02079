const names = Object.getOwnPropertyNames(Array.prototype).filter((n) => n !== 'fromAsync').sort()
console.log(names.join(' '))
for (const n of names) if (typeof Array.prototype[n] === 'function') console.log(n, Array.prototype[n].length, Array.prototype[n].name)
const d = Object.getOwnPropertyDescriptor(Array.prototype, 'map')
console.log(d.writable, d.enumerable, d.configurable)
console.log(JSON.stringify(Object.getOwnPropertyDescriptor([1, 2], 'length')), JSON.stringify(Object.getOwnPropertyDescriptor([1], 0)))
console.log(Object.keys(Array.prototype[Symbol.unscopables]).join(), Object.getPrototypeOf(Array.prototype[Symbol.unscopables]))
console.log(Array.prototype[Symbol.iterator] === Array.prototype.values, Array.length, Array.name)
console.log(Object.prototype.toString.call([]), Object.prototype.toString.call([].values()), [].values()[Symbol.toStringTag])
console.log(Object.getPrototypeOf([].keys()) === Object.getPrototypeOf([].entries()))
const a = [1, 2, 3]
a.name = 'x'
console.log(JSON.stringify(Object.entries(a)), 'name' in a, a.hasOwnProperty('1'), delete a.name, a.name)
console.log(a['1'], a['01'], a[1.5], a[-1], a['length'], a[Symbol.iterator] === Array.prototype.values)
a[4294967295] = 'not an index'
console.log(a.length, Object.keys(a).join())
a['3'] = 'index'
console.log(a.length, a[3])
const f = Object.freeze(['a'])
console.log(Object.isFrozen(f), Object.isSealed(f), Object.isExtensible(f), f.map((x) => x + 1)[0], Object.isFrozen(f.slice()))
console.log(Array.isArray(new Proxy([], {})), Array.isArray({ __proto__: Array.prototype }), [] instanceof Object)
console.log([] + [], [] == '', [0] == false, [1, 2] == '1,2', [null] == '', typeof [])
console.log([1, 2, 3].toString(), [1234.5, new Date(0) && 2, 'x'].toLocaleString(), [[], [[]]].toString())
const circular = [1]
circular.push(circular, 2)
console.log(circular.join('-'), String(circular))
