const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
const bad = { toString() { throw new Error('no text') } }, odd = { valueOf: () => 7, toString: () => 't' }
// The holder keeps its value when the operand throws.
for (const part of [bad, Symbol('s')]) {
  t(() => { let s = 'a'; try { for (;;) s += part } catch (e) { return s + e.message } })
  t(() => { let s = 'a'; try { for (;;) s = `${s}${part}` } catch (e) { return s + e.message } })
  t(() => { const o = { s: 'a' }; try { o.s += part } catch (e) { return o.s + e.message } })
  t(() => { const xs = ['a']; try { xs[0] += part } catch (e) { return xs + e.message } })
  t(() => { class A { #s = 'a'; f() { try { this.#s += part } catch (e) { return this.#s + e.message } } } return new A().f() })
  t(() => { let s = 'a'; try { [1].forEach(() => (s += part)) } catch (e) { return s + e.message } })
}
// The operand may do anything to the holder.
t(() => { const o = { s: 'a' }; o.s += (o.s = 'b', 'c'); return o.s })
t(() => { const o = { s: 'a' }; o.s += { toString() { o.s = 'x'; return 'y' } }; return o.s })
t(() => { const o = { s: 'a' }; o.s += (delete o.s, 'c'); return o.s }); t(() => { const o = { s: 'a' }; o.s += (Object.freeze(o), 'c'); return o.s })
t(() => { const o = { s: 'a' }; o.s += (Object.defineProperty(o, 's', { get: () => 'g', set(v) { this.was = v } }), 'c'); return o.s + o.was })
t(() => { const o = { s: 1, n: 0 }; o.s += (o.s = 'b', 2); return o.s }); t(() => { let s = 'a'; s += (s = 'b', s + 'c'); return s })
t(() => { const xs = ['a', 'b']; xs[1] += (xs.length = 0, 'c'); return xs.length + xs.join() }); t(() => { const xs = ['a']; xs[0] += (Object.freeze(xs), 'c'); return xs })
t(() => { let s = ''; for (const c of 'abc') s += { toString() { return s + c } }; return s })
t(() => { let s = ''; const f = (c) => (s += c); f(f('a') + f('b')); return s })
// Values that are no strings, or no longer.
t(() => { let s; for (const c of 'ab') s += c; return s }); t(() => { let s = ''; for (const c of [1, null, undefined, true, 2n, odd, [3]]) s += c; return s })
t(() => { let s = 'x'; for (const c of [1, 2]) { s += `${c}`; if (c === 1) s = 5 } return s }); t(() => { let s; for (const c of [1, 2]) s = `${s}${c}`; return s })
t(() => { let s = Symbol('q'); for (const c of [1, 2]) s = `${s}${c}`; return s }); t(() => { let s = 1n; for (const c of [1]) s += c; return s }); t(() => { let s = odd; for (const c of [1]) s += 'c'; return s })
t(() => { const f = (s) => { for (const c of 'ab') s += '-' + c; return s }; return [f(), f(null), f(1), f('s'), f(odd), f([1, 2]), f({})].join() })
t(() => { const o = { n: 1, m: 2n, u: undefined, d: odd, l: [1] }; o.n += 1; o.n += 0.5; o.m += 3n; o.u += 1; o.d += 1; o.l += 2; o.z += 'z'; return JSON.stringify({ ...o, m: String(o.m) }) })
t(() => { const o = { n: 2 ** 53 - 1 }; o.n += 2; return o.n + ':' + (o.n += 2) }); t(() => { const o = { n: -0 }; o.n += 0; return Object.is(o.n, 0) }); t(() => { const o = { m: 1n }; o.m += 1 })
t(() => { const xs = [1, 'a', , 3]; xs[0] += 1; xs[1] += 1; xs[2] += 1; xs[4] += 'e'; xs['0'] += 'k'; xs[-1] += 1; return xs.join() + xs[-1] })
t(() => { const c = {}; for (const w of ['a', 'b', 'a']) c[w] = (c[w] ?? 0) + 1; c['a'] += 5; c[7] = 'x'; c[7] += 'y'; return JSON.stringify(c) })
t(() => { const m = { get v() { return 'got' }, set v(x) { this.set = x } }; m.v += '!'; return m.set }); t(() => { const m = { get v() { return 'got' } }; m.v += '!' }); t(() => { 'abc'.length += 1 }); t(() => { null.x += 1 }); t(() => { undefined[1] += 1 })
t(() => { class B { s = 'b' } class D extends B { s = super.s + 'd'; add(x) { this.s += x; super.s += x; return this.s } } return new D().add('!') })
t(() => { class S { static out = ''; static add(x) { S.out += x; return S } } return S.add(1).add('b').out }); t(() => { class P { #n = 1; #t = 't'; up() { this.#n += 1; this.#t = this.#t + this.#n; return this.#t += '!' } } const p = new P(); p.up(); return p.up() })
t(() => { const o = Object.freeze({ s: 'a' }); o.s += 'b' }); t(() => { const o = Object.preventExtensions({ s: 'a' }); o.s += 'b'; return o.s }); t(() => { const o = Object.create({ s: 'up' }); o.s += '!'; return o.s + Object.keys(o) + Object.getPrototypeOf(o).s })
t(() => { const p = new Proxy({ s: 'a' }, { set: (o, k, v) => (o[k] = '<' + v + '>', true) }); p.s += 'b'; return p.s }); t(() => { const o = { s: 'a', t: 1 }; const { s } = o; o.s += 'b'; return s + o.s + Object.keys(o) })
t(() => { const o = { s: 'a' }; const before = o.s; o.s += 'b'; o.s = o.s + before; o.s = `${o.s}${before}`; const q = o; o.s = q.s + 'q'; return o.s + before })
t(() => { let out = ''; for (let i = 0; i < 3; i++) { let line = ''; for (const c of 'ab') line += c + i; out = out + line + '\n' } return JSON.stringify(out) })
// What holds the value is converted before the second operand is evaluated.
const traced = (log) => [{ toString() { log.push('S'); return 's' } }, () => { log.push('f'); return 'F' }]
t(() => { const log = [], [s0, f] = traced(log); let s = s0; for (let i = 0; i < 2; i++) s = s + 'a' + f(); return s + log })
t(() => { const log = [], [s0, f] = traced(log); let s = s0; for (let i = 0; i < 2; i++) s = s + `${f()}` + f(); return s + log })
t(() => { const log = [], [s0, f] = traced(log), o = { s: s0 }; o.s = o.s + 'a' + f(); return o.s + log }); t(() => { const log = [], [s0, f] = traced(log), o = { s: s0 }; o.s = o.s + `${f()}` + f(); return o.s + log })
