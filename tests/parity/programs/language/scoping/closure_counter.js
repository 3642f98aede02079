function counter() {
  let n = 0
  return { inc: () => ++n, dec() { return --n }, get value() { return n } }
}
const a = counter(), b = counter()
a.inc(); a.inc(); b.dec()
console.log(a.value, b.value)
const make = (n) => ({ add: (k) => { n += k; return n }, get: () => n })
const m = make(5)
m.add(3)
console.log(m.get())
function deep() { let x = 1; return () => { let y = 10; return () => { x++; y += x; return `${x} ${y}` } } }
const d = deep(), d1 = d(), d2 = d()
console.log(d1(), d1(), d2())
