Array.prototype.last = function () { return this[this.length - 1] }
console.log([1, 2, 3].last(), Object.keys([1]).join())
const keys = []
for (const k in ['x']) keys.push(k)
console.log(keys.join())
delete Array.prototype.last
const original = Array.prototype.push
let pushed = 0
Array.prototype.push = function (...items) { pushed += items.length; return original.apply(this, items) }
const a = []
a.push(1, 2)
console.log(pushed, a.length)
Array.prototype.push = original
const { join } = Array.prototype
Array.prototype.join = () => 'joined'
const texts = String([1, 2]) + `${[3]}`
Array.prototype.join = join
console.log(texts)
console.log(String([1, 2]))
Object.prototype[1] = 'inherited'
console.log([0, , 2].map((x) => x).join(), [0, , 2].includes('inherited'), JSON.stringify([0, , 2]))
delete Object.prototype[1]
