const log = (label, v) => console.log(label, JSON.stringify(v))
const h = [1, , 3, , 5]
log('length', h.length)
log('map', h.map((x) => x * 2))
console.log('map keeps holes', 1 in h.map((x) => x))
const seen = []
h.forEach((x, i) => seen.push(i))
log('forEach', seen)
log('filter', h.filter(() => true))
log('reduce', h.reduce((a, b) => a + b))
log('find', [h.find((x) => x === undefined), h.findIndex((x) => x === undefined)])
log('includes', [h.includes(undefined), h.indexOf(undefined)])
log('join', h.join('|'))
log('spread', [...h])
log('keys', Object.keys(h))
log('sort', [3, , 1, undefined, 2].sort())
console.log('sorted holes last', Object.keys([3, , 1, undefined, 2].sort()).join())
log('toSorted', [3, , 1].toSorted())
log('flat', [1, , [2, , 3]].flat())
console.log('reverse', Object.keys([1, , 3, 4].reverse()).join())
log('concat', [1, ,].concat([, 2]))
console.log(Object.keys([1, ,].concat([, 2])).join())
console.log(0 in new Array(2), new Array(2).length, new Array(2).fill().length)
const a = []
a[5] = 'x'
console.log(a.length, Object.keys(a).join(), JSON.stringify(a))
a.length = 2
console.log(a.length, JSON.stringify(a))
delete h[0]
console.log(0 in h, h.length, h.some((x) => x === undefined), h.every((x) => x !== undefined))
console.log([, 'a'].findLast(() => true), [,].at(0), [1, , 2].lastIndexOf(undefined))
console.log(Object.keys([1, , 3].copyWithin(0, 1)).join(), JSON.stringify([1, , 3].with(0, 9)), JSON.stringify([1, , 3].toSpliced(0, 0)))
console.log(JSON.stringify([, 1].entries().next()), JSON.stringify(Array.from([, 1])))
