const p = Array.prototype
const like = { length: 3, 0: 'a', 1: 'b', 2: 'c' }
console.log(p.map.call(like, (x) => x + x).join())
console.log(p.join.call(like, '+'), p.includes.call(like, 'b'), p.indexOf.call(like, 'c'))
console.log(p.push.call(like, 'd'), like.length, like[3])
console.log(p.pop.call(like), like.length, 3 in like)
console.log(p.shift.call(like), JSON.stringify(like))
console.log(p.unshift.call(like, 'z'), JSON.stringify(like))
console.log(JSON.stringify(p.splice.call(like, 1, 1, 'q', 'r')), JSON.stringify(like))
console.log(JSON.stringify(p.reverse.call(like)))
console.log(JSON.stringify(p.sort.call({ length: 3, 0: 'c', 2: 'a' })))
console.log(JSON.stringify(p.fill.call({ length: 2 }, 7)))
console.log(JSON.stringify(p.concat.call(1, 2)), JSON.stringify(p.slice.call('hello', 1, 3)))
console.log(p.map.call('abc', (c) => c.toUpperCase()).join(''), p.filter.call('a1b2', (c) => c > '9').join(''))
console.log(JSON.stringify(p.flat.call({ length: 2, 0: [1], 1: [[2]] })))
console.log(JSON.stringify(p.toSorted.call({ length: 2, 0: 2, 1: 1 })), JSON.stringify(p.with.call({ length: 1 }, 0, 'w')))
console.log(p.at.call({ length: 2, 1: 'last' }, -1), p.findLast.call('xyz', (c) => c < 'z'))
console.log(JSON.stringify(p.copyWithin.call({ length: 3, 0: 1, 2: 3 }, 0, 2)))
console.log(p.reduce.call({ length: 2, 0: 5, 1: 6 }, (a, b) => a * b), p.every.call({ length: 0 }, () => false))
console.log(p.toString.call({ join: () => 'custom' }), p.toString.call({}), p.toString.call({ join: 1 }))
console.log([...p.entries.call({ length: 1, 0: 'e' })].join(), [...p.keys.call('ab')].join())
const spread = { length: 1, 0: 'spread', [Symbol.isConcatSpreadable]: true }
console.log([1].concat(spread).join(), [1].concat(like).length)
const no = [1, 2]
no[Symbol.isConcatSpreadable] = false
console.log([0].concat(no).length, JSON.stringify([0].concat(no)))
