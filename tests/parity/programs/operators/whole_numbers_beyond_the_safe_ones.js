const rows = []
const t = (f) => { console.log(f()) }
t(() => { let r = 12345, h = 0; for (let i = 0; i < 3000; i++) { r = (r * 1103515245 + 12345) % 2147483648; h = (h * 31 + r) % 1000000007 } return r + ' ' + h })
t(() => { let r = 1, h = 0; for (let i = 0; i < 3000; i++) { r = (r * 6364136223 + 1442695) % 4294967296; h ^= r } return r + ' ' + h })
t(() => { let r = 7, h = 0; for (let i = 0; i < 3000; i++) { r = (r * 1103515245 + 12345) & 0x7fffffff; h = (h + r) | 0 } return r + ' ' + h })
t(() => { let r = 99, h = 0; for (let i = 0; i < 3000; i++) { r = (r * 1664525 * 22695477 + 1013904223) >>> 0; h = (h * 65599 * 65599 + r) | 0 } return r + ' ' + h })
t(() => { let r = 99, s = 3, h = 0; for (let i = 0; i < 3000; i++) { r = (12345 - r * s * 4294967291) | 0; s = (r * r * 3 - 1) >>> 5; h ^= r << 3 ^ (r * s * r) >> 2 } return r + ' ' + s + ' ' + h })
t(() => { let a = 1, b = 2; for (let i = 0; i < 2000; i++) { const c = (a * b * 1000003 + b * 77777777777) % 998244353; a = b; b = c + 1 } return a + ' ' + b })
t(() => { let a = 2147483647, b = -5; return [a * a % 10, a * a * a % 1000, (a * a - 1) % 7, (b * a * a) % 11, (a * a * 0) % 5, (b * 0 * a * a) % 5, a * a * a * a & 255].join() })
t(() => { let x = 0, y = 1; for (let i = 0; i < 90; i++) { [x, y] = [y, x + y] } return x + ' ' + y % 10 })
t(() => { let x = 9007199254740991; return [(x + 2) % 10, (x * 3) % 10, (x + x) % 4, (x + 1) % 2, (-x - 5) % 10, (x * 2 + 1) >>> 0, (x * 2 + 1) | 0].join() })
