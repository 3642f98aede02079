export const meta = { name: 'case', description: 'A case.' }
const Math2 = { random: () => 4 }
log(Math2.random(), Math.max(1, 2), Math.imul(3, 4))
const crypto = { randomUUID: () => 'x' }
log(crypto.randomUUID(), 'Math.random()')
if (typeof globalThis.crypto !== 'undefined') log('has crypto')
function f(Math) { return Math.random() }
log(f(Math2), args.Math?.random, args.crypto)
