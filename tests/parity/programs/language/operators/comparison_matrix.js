const vals = [0, -0, 1, NaN, '', '0', '1', 'a', null, undefined, true, false, [], [0], {}, 1n, 0n, '1n', Infinity]
const show = (v) => typeof v === 'bigint' ? v + 'n' : Object.is(v, -0) ? '-0' : Array.isArray(v) ? `[${v}]` : v === null || typeof v !== 'object' ? JSON.stringify(v) ?? String(v) : '{}'
for (const a of vals) console.log(show(a), vals.map(b => [a == b, a === b, a < b, a >= b].map(Number).join('')).join(' '))
const by = (f) => [...vals.filter(v => typeof v !== 'object' && typeof v !== 'undefined')].sort(f).map(show).join()
console.log(by((a, b) => a < b ? -1 : a > b ? 1 : 0))
console.log([3, 20, 100].sort().join(), ['b', , 'a', undefined].sort().length, [true, false].sort().join(), [2, 1, 3].sort((a, b) => b > a ? 1 : -1).join())
