const j = (...v) => console.log(v.map((x) => JSON.stringify(x)).join(' '))
const events = []
const iterable = {
  [Symbol.iterator]() {
    let i = 0
    return {
      next() { events.push('next'); return { value: i, done: i++ >= 3 } },
      return() { events.push('return'); return {} },
    }
  },
}
j(Array.from(iterable), events.splice(0))
try { Array.from(iterable, (x) => { if (x === 1) throw new Error('mapper'); return x }) } catch (e) { j(e.message, events.splice(0)) }
j(Array.from(iterable, function (x, i) { return [this.k, x, i] }, { k: 'this' }), events.splice(0).length)
j(Array.from({ length: '3' }), Array.from({ length: 2.7, 0: 'a' }), Array.from({ length: -1 }), Array.from({}), Array.from(5), Array.from(true))
j(Array.from('\ud83d\ude00\ud83d'), Array.from(new Map([['k', 1]]).keys()), Array.from([1, , 2]))
j(Array.from(function* () { yield 1; yield 2 }()), Array.from({ length: 3 }, (_, i) => i).map(String))
j([...'héllo'], [...new Set('banana')].sort(), [...new Map([[1, 'a']])], [...[1, 2].entries()])
const { length } = Array.from({ length: 1000 })
j(length, Array.from({ length: 3 }).every((x) => x === undefined), 0 in Array.from({ length: 1 }))
const [a, , b = 'dflt', ...rest] = [1, 2, undefined, 4, 5]
j(a, b, rest)
class Range { constructor(n) { this.n = n } *[Symbol.iterator]() { for (let i = 0; i < this.n; i++) yield i } }
j([...new Range(3)], Array.from(new Range(2), (x) => -x), Math.max(...new Range(4)), [].concat(...new Range(2)))
j(Array.from([1, 2, 3], (x) => x * 2), Array.from(arguments2(1, 2)))
function arguments2() { return arguments }
const own = Array.prototype[Symbol.iterator]
Array.prototype[Symbol.iterator] = function* () { yield 'patched' }
const patched = [Array.from({ length: 1, 0: 'plain' }), Array.from([1, 2]), [...[1]]]
Array.prototype[Symbol.iterator] = own
j(patched)
