const größe = 1, ñ = 2, 变量 = '三', ﬁ = 'lig', fi = 'plain', ᾼ = 'a', \u0061bc = 'escaped', ℕ = 'N', µ = 'micro', μ = 'mu'
console.log(größe + ñ + 变量 + ﬁ + fi + ᾼ + abc + ℕ + µ + μ)
const o = { größe, ﬁ, '😀': 'smile', 𠮷: 'astral' }
console.log(Object.keys(o).join() + o.𠮷.length + o['😀'])
const 𠮷 = 'id'
console.log(𠮷, { 𠮷 }.𠮷)
