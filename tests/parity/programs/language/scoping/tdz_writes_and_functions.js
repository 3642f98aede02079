const out = []
const tryit = (f) => { try { out.push(String(f())) } catch (e) { out.push(e.message) } }
function setX() { x = 'set' }
function readX() { return x }
tryit(setX); tryit(readX)
let x = 'init'
tryit(readX); tryit(setX); tryit(readX)
const later = () => y, setLater = (v) => y = v
tryit(later); tryit(() => setLater(1))
let y
tryit(later); tryit(() => setLater(2)); tryit(later)
tryit(() => { const r = [p, q] = [1, 2]; let p, q; return r })
tryit(() => { for (const z of [() => z]) return z() })
tryit(() => { for (let w = 0; w < 1; w++) { const u = () => w; w = 5; return u() } })
tryit(() => { class A { static x = A.name; static y = (() => A)() === A; [typeof A === 'function' ? 'k' : 'q'] = 1 } return Object.keys(new A()).join() })
tryit(() => { const { a = () => b, b = a() } = {}; return b })
tryit(() => { const { c = () => d, d = 4 } = {}; return c() })
console.log(out.join('\n'))
