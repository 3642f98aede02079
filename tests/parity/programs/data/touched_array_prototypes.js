// What an array has not itself, it inherits.
Array.prototype[1] = 'inherited'
const [x, y] = [,]
const seen = [[, ,].join(), [...[, ,]].join(), [, ,].indexOf('inherited'), [1, , 3].slice().hasOwnProperty(1), [1, , 3].reverse().join(), x, y]
delete Array.prototype[1]
console.log(seen.join(' '))
const q = []
const met = []
Object.defineProperty(Object.prototype, '0', { set(v) { met[1] = (met[1] ?? '') + v }, configurable: true })
q.push('p')
q[0] = 'w'
delete Object.prototype[0]
console.log(met[1], q.length, q.hasOwnProperty(0))
const keep = Array.prototype.constructor
Array.prototype.constructor = { [Symbol.species]: function (n) { this.made = n } }
const made = [[1, 2].map((v) => v), [1, 2, 3].slice(1), [1].filter(() => 1)]
Array.prototype.constructor = keep
console.log(made[0].made, made[1].made, made[2].made, [1, 2].map((v) => v).length)
