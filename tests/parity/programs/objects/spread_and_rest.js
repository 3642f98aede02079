const src = { a: 1, b: { c: 2 }, get g() { return 'got' }, [Symbol.for('s')]: 's' }
Object.defineProperty(src, 'hidden', { value: 1 })
const s = { z: 0, ...src, a: 9 }
console.log(JSON.stringify(s), s[Symbol.for('s')], s.hidden, s.b === src.b)
console.log(JSON.stringify({ ...null, ...undefined, ...1, ...true, ...'hi', ...[7, , 8], ...(() => 1) }))
const { a, ...rest } = src
console.log(a, JSON.stringify(rest), rest[Symbol.for('s')], rest.hidden)
const { [`b`]: { c }, ...r2 } = src
console.log(c, Object.keys(r2).join())
const { length, ...chars } = 'xyz'
console.log(length, JSON.stringify(chars))
const { 0: first, ...others } = ['p', 'q', 'r']
console.log(first, JSON.stringify(others))
const { toString: ts, ...nothing } = 5
console.log(typeof ts, JSON.stringify(nothing))
const f = ({ x = 1, y: { z = 2 } = {}, ...more } = {}) => [x, z, JSON.stringify(more)].join()
console.log(f(), f({ x: null, y: { z: undefined }, w: 4 }), f({ x: undefined, y: undefined }))
const cond = (on) => ({ base: 1, ...(on && { extra: 2 }), ...(on ? { more: 3 } : {}) })
console.log(JSON.stringify(cond(true)), JSON.stringify(cond(false)))
const merged = [{ a: 1 }, { b: 2 }, { a: 3 }].reduce((m, x) => ({ ...m, ...x }), {})
console.log(JSON.stringify(merged))
