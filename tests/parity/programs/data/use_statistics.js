const xs = [3.2, 1.5, 9.99, 4.4, 4.4, 0.1, 7.77, -2.5]
const sum = (a) => a.reduce((s, x) => s + x, 0)
const mean = (a) => sum(a) / a.length
const variance = (a) => sum(a.map((x) => (x - mean(a)) ** 2)) / a.length
const median = (a) => { const s = [...a].sort((x, y) => x - y), m = s.length >> 1; return s.length % 2 ? s[m] : (s[m - 1] + s[m]) / 2 }
console.log(sum(xs), mean(xs), variance(xs), Math.sqrt(variance(xs)), median(xs))
const pct = (a, p) => { const s = [...a].sort((x, y) => x - y), i = (s.length - 1) * p, lo = Math.floor(i); return s[lo] + (s[Math.min(lo + 1, s.length - 1)] - s[lo]) * (i - lo) }
console.log([0, 0.1, 0.25, 0.5, 0.9, 1].map((p) => pct(xs, p)).join())
const mode = Object.entries(xs.reduce((m, x) => ({ ...m, [x]: (m[x] ?? 0) + 1 }), {})).sort((a, b) => b[1] - a[1])[0]
console.log(mode.join('x'), Math.min(...xs), Math.max(...xs), mean(xs).toFixed(3), (sum(xs) / 3).toPrecision(5))
const softmax = (a) => { const m = Math.max(...a), e = a.map((x) => Math.exp(x - m)), t = sum(e); return e.map((x) => x / t) }
console.log(softmax([1, 2, 3]).join(), sum(softmax([0.1, -5, 9])).toFixed(12))
const sigmoid = (x) => 1 / (1 + Math.exp(-x)); console.log([-3, -0.5, 0, 0.5, 3].map(sigmoid).join())
const entropy = (p) => -sum(p.map((x) => (x ? x * Math.log2(x) : 0))); console.log(entropy([0.5, 0.25, 0.25]), entropy([0.1, 0.9]), entropy([1, 0]))
const cosine = (a, b) => sum(a.map((x, i) => x * b[i])) / (Math.hypot(...a) * Math.hypot(...b)); console.log(cosine([1, 2, 3], [3, 2, 1]), cosine([1, 0], [0, 1]))
const decay = Array.from({ length: 6 }, (_, i) => 0.9 ** i); console.log(decay.join(), Math.pow(0.5, 10), 100 * 1.07 ** 10)
const elo = (a, b, k = 32) => a + k * (1 - 1 / (1 + 10 ** ((b - a) / 400))); console.log(elo(1500, 1600), elo(2000, 1200))
const hist = xs.reduce((h, x) => { const b = Math.floor(x / 2.5); h.set(b, (h.get(b) ?? 0) + 1); return h }, new Map())
console.log([...hist].sort((a, b) => a[0] - b[0]).map(([b, n]) => `${b * 2.5}..${(b + 1) * 2.5}:${'*'.repeat(n)}`).join(' '))
const corr = (a, b) => { const ma = mean(a), mb = mean(b); return sum(a.map((x, i) => (x - ma) * (b[i] - mb))) / Math.sqrt(sum(a.map((x) => (x - ma) ** 2)) * sum(b.map((x) => (x - mb) ** 2))) }
console.log(corr([1, 2, 3, 4], [2, 4, 6, 9]), corr([1, 2, 3], [3, 2, 1]))
console.log(Math.round(2.345 * 100) / 100, +(1.005).toFixed(2), (0.1 + 0.2).toFixed(10), 1e3.toFixed(0), Math.round(-1.5), (1234.5678).toFixed(1), Number((0.615).toFixed(2)))
const wilson = (p, n, z = 1.96) => (p + z * z / (2 * n) - z * Math.sqrt((p * (1 - p) + z * z / (4 * n)) / n)) / (1 + z * z / n); console.log(wilson(0.8, 10), wilson(0.5, 1000))
console.log(xs.map((x) => (x - mean(xs)) / Math.sqrt(variance(xs))).map((z) => z.toFixed(4)).join(' '))
