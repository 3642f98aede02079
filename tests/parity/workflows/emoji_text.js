// Text outside ASCII and outside the basic plane, everywhere.
export const meta = { name: 'emoji-text', description: 'Übersicht — 日本語 🎉', phases: [{ title: 'Prüfen 🔍' }] }

phase('Prüfen 🔍')
const größe = 'naïve 👩‍💻 家族 𝒳'
const answer = await agent(`Übersetze: „${größe}“ → 日本語 🎌`, { label: '翻訳 🈳' })
const points = [...größe].length
const cut = größe.slice(0, 7)
const padded = ['é', 'e\u0301', '家', '🎉'].map((s) => s.padEnd(4, '·') + s.length)
const codes = Array.from('a🎉', (c) => c.codePointAt(0).toString(16))
const normal = ['e\u0301'.normalize() === 'é', 'ﬁ'.normalize('NFKC')]
const upper = ['straße'.toUpperCase(), 'İ'.toLowerCase().length, 'ΑΣ'.toLowerCase()]
const sorted = ['Zebra', 'äpfel', 'Apfel', 'zoo', 'Öl', 'oben', 'émile'].sort((a, b) => a.localeCompare(b))
const plain = ['Z', 'ä', 'a', '🎉', '\uffff'].sort()
const table = { 'ключ': 1, 日本: 2, '🎉': 3, [größe.charAt(0)]: 4 }
const split = '🎉'.split('').map((u) => u.charCodeAt(0))
const replaced = '🎉🎉x'.replace(/./gu, '*') + '🎉'.replace(/./g, '*')
const encoded = encodeURIComponent('ü/🎉 &') + decodeURIComponent('%E2%82%AC')
log(`🎉 ${größe} ${answer.length > 0}`)
console.log('❯', größe.at(0), [...größe].at(-1))
return { points, cut: cut.length, padded, codes, normal, upper, sorted, plain, table, keys: Object.keys(table), split, replaced, encoded, at: größe.indexOf('👩'), wrapped: JSON.stringify('\u2028 "q" \\ \u0007 é') }
