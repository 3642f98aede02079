// Hash functions and pseudo-random choices that need no clock.
export const meta = { name: 'hashes', description: 'Math.imul, >>> and friends' }

function fnv1a(text) {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i)
    h = Math.imul(h, 0x01000193)
  }
  return h >>> 0
}
const djb2 = (s) => [...s].reduce((h, c) => ((h << 5) + h + c.codePointAt(0)) | 0, 5381)
function mulberry32(a) {
  return () => {
    a |= 0
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
const random = mulberry32(fnv1a('seed'))
const shuffled = ['a', 'b', 'c', 'd', 'e', 'f']
for (let i = shuffled.length - 1; i > 0; i--) {
  const j = Math.floor(random() * (i + 1));
  [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]]
}
const picks = await parallel(shuffled.slice(0, 3).map((s, i) => () => agent(`Variant ${s} (${fnv1a(s).toString(16).padStart(8, '0')})`, { label: `v${i}:${s}` })))
const bits = [5 & 3, 5 | 3, 5 ^ 3, ~5, -5 >> 1, -5 >>> 28, 1 << 31, 1 << 32, 2 ** 53 | 0, 0xffffffff >> 0, 1e10 | 0, NaN | 0, -1 >>> 0]
const big = (BigInt(fnv1a('x')) * 0xffff_ffff_ffffn) % 1_000_000_007n
const numbers = [0.1 + 0.2, 1e21, 1e-7, 123456789012345680000, -0, 5e-324, (25).toString(36), (0.5).toString(2), (1.005).toFixed(2), (1e21).toFixed(2), (1234.5678).toExponential(2), (0.00001).toPrecision(1), 0xff, 0b11, 0o17, .5, 5 % -3, -5 % 3, 2 ** -1, 7 / 2 | 0]
const rounding = [Math.round(-0.5), Math.round(2.5), Math.trunc(-4.7), Math.sign(-3), Math.hypot(3, 4), Math.cbrt(27), Math.log2(8), Math.fround(5.5), Math.clz32(1), Math.max(), Math.min(1, '0')]
log(shuffled.join(''))
return { h: fnv1a('hello'), d: djb2('hello 🎉'), shuffled, bits, big: `${big}`, numbers: numbers.map(String), rounding: rounding.map((n) => `${n}`), r: [random(), random()], n: picks.length }
