const j = JSON.stringify
console.log(j([10, 9, 1, 2, 100].sort()), j([10, 9, 1, 2, 100].sort((a, b) => a - b)))
console.log(j(['b', undefined, 'a', 'C', undefined, 'B', ''].sort()))
console.log(j([true, false, null, undefined, 3, 'x', {}].sort()))
console.log(j([3, 1, 2].sort(undefined)))
const people = [{ n: 'a', v: 2 }, { n: 'b', v: 1 }, { n: 'c', v: 2 }, { n: 'd', v: 1 }]
console.log(people.sort((x, y) => x.v - y.v).map((p) => p.n).join(''))
console.log([5, 2, 9, 1].sort((a, b) => a > b).join(), [5, 2, 9, 1].sort((a, b) => b > a ? 1 : -1).join())
console.log([1, 2, 3, 4].sort(() => 0).join(), [1, 2, 3].sort(() => NaN).join(), [3, 2, 1].sort(() => undefined).join())
console.log([3, 2, 1].sort((a, b) => String(a - b)).join(), [3, 1, 2].sort((a, b) => ({ valueOf: () => a - b })).join())
const calls = []
;[3, 1, 2].sort((a, b) => { calls.push(`${a}:${b}`); return a - b })
console.log(calls.join(' '))
const calls2 = []
;[4, 3, 2, 1, 5, 0].sort((a, b) => { calls2.push(`${a}:${b}`); return a - b })
console.log(calls2.join(' '))
console.log(['é', 'z', 'a', 'Z', 'e'].sort().join(), ['é', 'z', 'a', 'Z', 'e'].sort((a, b) => a.localeCompare(b)).join())
console.log(['😀', '\uffff', 'z'].sort().map((s) => s.codePointAt(0).toString(16)).join())
const big = Array.from({ length: 300 }, (_, i) => ({ k: (i * 7919) % 10, i }))
big.sort((a, b) => a.k - b.k)
console.log(big.every((x, i) => i === 0 || big[i - 1].k < x.k || (big[i - 1].k === x.k && big[i - 1].i < x.i)))
const xs = [2, 1]
console.log(xs.sort() === xs, xs.toSorted() === xs)
console.log([, 3, undefined, 1].sort((a, b) => b - a).length, j([, 3, undefined, 1].sort((a, b) => b - a)))
console.log([0, -0, 1, -1].sort().map((x) => Object.is(x, -0) ? '-0' : x).join())
console.log([NaN, 3, 1].sort().join(), [Infinity, -Infinity, 0].sort((a, b) => a - b).join())
console.log([[2, 'b'], [1, 'z'], [1, 'a']].sort().join(';'), [[2], [10], [1]].sort().join(';'))
console.log(Object.entries({ b: 2, a: 3, c: 1 }).sort(([, x], [, y]) => y - x).map(([k]) => k).join(''))
console.log([1, 2, 3, 4, 5].sort((a, b) => (a % 2) - (b % 2) || b - a).join())
let n = 0
try { [2, 1, 3].sort(() => { if (++n === 2) throw new Error('stop'); return 1 }) } catch (e) { console.log(e.message, n) }
