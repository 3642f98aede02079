console.log(1n + 2n, 5n / 2n, -5n / 2n, 5n % 3n, -5n % 3n, 2n ** 64n, -(3n), 0xffn, 1_000n, 7n & 3n, 5n | 8n, 6n ^ 3n, ~5n, 1n << 70n, -9n >> 1n)
console.log(typeof 1n, 1n < 2, 2n > 1n, 1n == 1, 1n === 1, 10n > 9.5, 0n ? 't' : 'f', `${10n}`, 1n + 'x', String(123456789012345678901234567890n))
let b = 5n; b++; b += 2n; b **= 2n; b--; console.log(b, -b, b * -1n)
for (const f of [() => 1n + 1, () => 1n / 0n, () => +1n, () => 1n >>> 0n, () => Math.max(1n), () => BigInt('x'), () => BigInt(1.5), () => JSON.stringify(1n)]) { try { console.log(f()) } catch (e) { console.log(e.name, e.message) } }
console.log(BigInt(10), BigInt('0x10'), BigInt(true), Number(5n), parseInt('5n'), BigInt.asUintN(8, 257n), BigInt.asIntN(8, 255n), [3n, 1n, 2].sort().join())
const fact = (n) => n <= 1n ? 1n : n * fact(n - 1n)
console.log(fact(25n), { 1n: 'key' }[1n], 0n == '', -0n === 0n)
