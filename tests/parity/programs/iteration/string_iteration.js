const s = 'a\u{1F600}b\uD83Dc'
console.log([...s].length, s.length, [...s].map((c) => c.length).join())
for (const c of 'h\u00e9\u{1F680}') console.log(c.codePointAt(0).toString(16))
const [a, b] = '\u{1F600}x'
console.log(a.length, b)
console.log(Array.from('xyz').join('-'), new Set('hello').size, Object.prototype.toString.call(''[Symbol.iterator]()))
