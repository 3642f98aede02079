function* g() { yield f(); const x = yield () => x2; var x2 = x; function f() { return typeof x2 } yield x2; { let y = yield; x2 += y } yield () => x2++; return x2 }
const it = g(); console.log(it.next().value); const h = it.next().value; console.log(h()); console.log(it.next('X').value); it.next(); const k = it.next('Y').value; k(); console.log(k(), it.next().value)
const gens = []; for (const n of [1, 2]) gens.push(function* () { for (let i = 0; i < n; i++) { yield () => n * 10 + i++ } }); console.log(gens.flatMap(G => [...G()].map(f => f() + f())).join())
const o = { *a() { yield* this.b() }, *b() { yield this.v; yield* [this.v, super.toString === Object.prototype.toString] }, v: 'v' }; console.log([...o.a()].join())
function* args() { yield arguments.length; yield* [...arguments].reverse(); arguments.length = 0; yield arguments.length } console.log([...args(1, 2, 3)].join())
function* defaults(a = 1, { b = 2, ...c } = {}, ...[d = 4]) { yield a; yield b; yield JSON.stringify(c); yield d; a = 9; yield a } console.log([...defaults()].join(), [...defaults(5, { b: 6, z: 1 }, 7)].join())
function* early(x) { if (x) return 'early'; try { yield 1 } finally { if (x === 0) return 'fin' } } console.log(JSON.stringify([early(1).next(), (() => { const e = early(0); e.next(); return e.return('r') })()]))
const counter = (function* () { let c = 0; while (true) { const cmd = yield c; c = cmd === 'reset' ? 0 : c + (cmd ?? 1) } })(); console.log([counter.next(), counter.next(), counter.next(5), counter.next('reset'), counter.next()].map(r => r.value).join())
