const mulberry32 = (a) => () => { a |= 0; a = (a + 0x6d2b79f5) | 0; let t = Math.imul(a ^ (a >>> 15), 1 | a); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296 }
const rnd = mulberry32(42)
console.log(Array.from({ length: 8 }, rnd).join())
const shuffle = (xs, r) => { const a = [...xs]; for (let i = a.length - 1; i > 0; i--) { const j = Math.floor(r() * (i + 1)); [a[i], a[j]] = [a[j], a[i]] } return a }
console.log(shuffle([1, 2, 3, 4, 5, 6, 7, 8], mulberry32(7)).join())
const fnv = (s) => { let h = 0x811c9dc5; for (let i = 0; i < s.length; i++) { h ^= s.charCodeAt(i); h = Math.imul(h, 0x01000193) } return (h >>> 0).toString(16).padStart(8, '0') }
console.log(['', 'a', 'hello', 'é😀', 'x'.repeat(1000)].map(fnv).join())
const djb2 = (s) => [...s].reduce((h, c) => ((h << 5) + h + c.charCodeAt(0)) | 0, 5381)
console.log(['', 'a', 'hello world', 'ünï'].map(djb2).join(), (djb2('hello') >>> 0) % 7)
const hash53 = (str, seed = 0) => { let h1 = 0xdeadbeef ^ seed, h2 = 0x41c6ce57 ^ seed; for (const ch of str) { const c = ch.codePointAt(0); h1 = Math.imul(h1 ^ c, 2654435761); h2 = Math.imul(h2 ^ c, 1597334677) } h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909); h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909); return 4294967296 * (2097151 & h2) + (h1 >>> 0) }
console.log(hash53('a'), hash53('revenge'), hash53('revenge', 1))
const crcTable = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0 })
const crc32 = (s) => { let c = -1; for (let i = 0; i < s.length; i++) c = crcTable[(c ^ s.charCodeAt(i)) & 0xff] ^ (c >>> 8); return (c ^ -1) >>> 0 }
console.log(crc32('The quick brown fox jumps over the lazy dog').toString(16), crc32(''))
let lcg = 1; const next = () => (lcg = (lcg * 1103515245 + 12345) % 2147483648); console.log([next(), next(), next(), next()].join())
let xs = 123456789; const xorshift = () => { xs ^= xs << 13; xs ^= xs >>> 17; xs ^= xs << 5; return xs >>> 0 }; console.log([xorshift(), xorshift(), xorshift()].join())
const pick = (r, items, weights) => { const total = weights.reduce((a, b) => a + b); let x = r() * total; return items.find((_, i) => (x -= weights[i]) < 0) }
const r2 = mulberry32(1); console.log(Array.from({ length: 10 }, () => pick(r2, ['a', 'b', 'c'], [1, 2, 7])).join(''))
