const c = 1
const attempts = [
  () => { c = 2 },
  () => { c++ },
  () => { c += 1 },
  () => { [c] = [1] },
  () => { ({ c } = { c: 1 }) },
  () => { for (c of [1]) ; },
  () => { c ??= 3; return 'short' },
  () => { c &&= 3 },
  () => { for (const i = 0; i < 2; i++) ; },
  () => { class A { static m() { A = 1 } } A.m() },
  () => { class A {} A = 1; return A },
]
for (const a of attempts) { try { console.log(String(a())) } catch (e) { console.log(e.name, e.message) } }
console.log(c)
