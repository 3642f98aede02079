const vals = { undef: undefined, nul: null, t: true, f: false, zero: 0, mzero: -0, one: 1, nan: NaN, inf: Infinity, es: '', sp: ' ', s0: '0', s1: '1', sx: 'x', snull: 'null', big0: 0n, big1: 1n, arr: [], arr0: [0], arr1: [1], arr12: [1, 2], obj: {}, num: Object(1), str: Object('1'), date: new Date(0), sym: Symbol.iterator, fn: String }
const keys = Object.keys(vals)
for (const a of keys) console.log(a, '==', keys.filter((b) => vals[a] == vals[b]).join(), '| ===', keys.filter((b) => vals[a] === vals[b]).join(), '| is', keys.filter((b) => Object.is(vals[a], vals[b])).join())
console.log(keys.filter((k) => vals[k]).join(), '|', keys.filter((k) => !vals[k]).join(), '|', keys.filter((k) => vals[k] ?? true === true).length)
console.log([null, undefined, 0, '', NaN, false].map((x) => [x || 'or', x && 'and', x ?? 'nn'].map(String).join('/')).join())
console.log([NaN].includes(NaN), [NaN].indexOf(NaN), new Set([NaN, NaN, 0, -0]).size, Object.is(-0 + 0, 0), [0].includes(-0), new Map([[NaN, 'n'], [0, 'z']]).get(-0))
console.log(true === 1, true == 1, [true].includes(1), new Set([1, true, '1']).size, new Map([[1, 'a'], [true, 'b'], ['1', 'c']]).get(true), [1, true].indexOf(true), 1 === 1.0, ({ 1: 'a' })[true] === undefined, ({ true: 'x' })[true])
switch (true) { case 1: console.log('one'); break; case true: console.log('true') } switch ('1') { case 1: console.log('num'); break; default: console.log('default') } switch (NaN) { case NaN: console.log('nan'); break; default: console.log('not nan') }
