const tries = [
  () => { x; let x = 1 },
  () => { const y = y + 1 },
  () => { typeof z; let z },
  () => { f(); function f() { return w } const w = 1 },
  () => { new C(); class C {} },
  () => { { q; let q } },
  () => { for (const a of a) ; },
  () => { for (let i = i; ;) ; },
  () => { const { a = b, b } = {} },
  () => { const [m = m] = [] },
  () => { ((p = q, q) => p)() },
  () => { ((p = p) => p)() },
  () => { switch (1) { case 0: let s; case 1: return s } },
  () => { const g = () => u; g(); let u = 1 },
  () => { v = 1; let v },
  () => { c = 1; const c = 2 },
  () => { late++; let late = 0 },
  () => { class A extends A {} },
  () => { class B { static [B.name] = 1 } },
]
for (const t of tries) {
  try { t(); console.log('fine') } catch (e) { console.log(`${e.name}: ${e.message}`) }
}
