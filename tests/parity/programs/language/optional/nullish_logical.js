console.log(null ?? 1, undefined ?? 1, 0 ?? 1, '' ?? 1, false ?? 1, NaN ?? 1)
console.log(0 || 'or', 1 && 'and', null || undefined, '' && 'x', (0 || null) ?? 'nn', [] && 'arr', {} || 'no')
let a = null, b = 0, c = 'c', d
a ??= 'set'; b ??= 'no'; b ||= 'or'; c &&= 'and'; d &&= 'never'; d ||= 1
console.log(a, b, c, d)
const o = { n: null, z: 0, get g() { console.log('get'); return 1 }, set g(v) { console.log('set', v) } }
o.n ??= 'n'; o.z ||= 5; o.z &&= 6; o.g ??= 2; o.g &&= 3; o.new ??= []; o.new.push(1)
console.log(o.n, o.z, o.new.length)
const k = () => { console.log('key'); return 'kk' }
o[k()] ??= 'computed'; o[k()] ??= 'again'
console.log(o.kk)
const effects = []
const t = (x) => { effects.push(x); return x }
t(0) || t('') || t('end') || t('never'); t(1) && t(0) && t('never'); t(null) ?? t('nn')
console.log(effects.join())
const fnn = null ?? (() => { }), f2 = (() => { }) || 0
let f3; f3 ??= function () { }; let f4; f4 ||= () => { }
console.log(fnn.name + '|' + f2.name + '|' + f3.name + '|' + f4.name)
console.log(!!'' || !!'0', !NaN, !!-1, !![] && !!{}, !null === true, !'' + !'' )
console.log((1, 2, 3), (t('seq'), 'last'), void 0 ?? 'void')
if (a && (b || c) && !d === false) console.log('complex')
console.log([0, '', null, undefined, NaN, false, 0n, -0].map(x => x ? 'T' : 'F').join(''))
console.log([1, 'a', [], {}, () => { }, -1, Infinity, 1n, '0', ' ', Symbol()].map(x => x ? 'T' : 'F').join(''))
console.log(true && 5, false || 'x', (5 > 3) && 'gt', (5 < 3) || 'nlt', (5 > 3) || 'no', (5 < 3) && 'no', !0 && 'neg')
