const j = (...v) => console.log(v.map((x) => JSON.stringify(x)).join(' '))
for (const args of [[], [1], [1, 1], [-2], [-2, 1], [0, 0, 'x'], [1, 2, 'x', 'y', 'z'], [10, 1, 'e'], [undefined], [1, undefined, 'u'], [NaN, 1], ['1', '1'], [-100, 100], [1.9, 1.9, 'f'], [null, null, 'n']]) {
  const a = [1, 2, 3, 4]
  const r = a.splice(...args)
  j(args, r, a)
}
j([1, 2, 3, 4, 5].fill(0, 1, 3), [1, 2, 3].fill('x', -1), [1, 2].fill(9, 5), new Array(2).fill([]))
j([1, 2, 3, 4, 5].copyWithin(1, 3), [1, 2, 3, 4, 5].copyWithin(-2, 0), [1, 2, 3, 4, 5].copyWithin(0, 1, 3), [1, 2, 3, 4, 5].copyWithin(1, 0, 4))
j([1, 2, 3].slice(1, -1), [1, 2, 3].slice(5), [1, 2, 3].slice(-1, 10), [1, 2, 3].slice(undefined, 2), [1, 2, 3].slice('1'))
j([1, 2, 3].indexOf(3, -1), [1, 2, 3].indexOf(1, -1), [1, 2, 1].lastIndexOf(1, -2), [1, 2, 1].lastIndexOf(1, undefined), [NaN].includes(NaN), [NaN].indexOf(NaN), [-0].includes(0))
j([].pop() === undefined, [].shift() === undefined, [].push(), [].unshift(), [1].unshift(), [].reverse(), [].concat())
const same = []
same.push(same.length, same.length)
j(same)
const filled = new Array(2).fill([])
filled[0].push(1)
j(filled)
const sp = [1, 2, 3]
sp.length = 5
j(sp, sp.length)
sp.length = '2'
j(sp)
j([3, 4].entries().next(), [...[7, 8].entries()], Array.from([1, 2].keys()))
const it = [1].values()
j(it.next(), it.next(), it.next())
const late = [1]
const li = late.values()
li.next(); li.next()
late.push(2)
j(li.next())
