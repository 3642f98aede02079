const log = []
const f = (mode) => { try { log.push('try'); if (mode === 'throw') throw new Error('t'); if (mode === 'return') return 'r'; log.push('after') } catch (e) { log.push('catch ' + e.message); if (mode === 'throw') return 'c' } finally { log.push('finally') } return 'end' }
console.log(f('throw'), f('return'), f('none'), log.join())
const over = () => { try { return 'try' } finally { return 'finally' } }; console.log(over())
const swallow = () => { try { throw 1 } finally { return 'swallowed' } }; console.log(swallow())
const loop = () => { const r = []; for (let i = 0; i < 5; i++) { try { if (i === 1) continue; if (i === 3) break; r.push(i) } finally { r.push('f' + i) } } return r.join() }; console.log(loop())
const nested = () => { try { try { throw new Error('inner') } finally { throw new Error('fin') } } catch (e) { return e.message } }; console.log(nested())
const scope = () => { const e = 'outer'; try { throw 'thrown' } catch (e) { var v = e } return e + v }; console.log(scope())
try { try { throw new TypeError('a') } catch ({ name, message, ...rest }) { console.log(name, message, JSON.stringify(rest)); throw new RangeError(name) } } catch (e) { console.log(String(e)) }
const val = (() => { let x = 1; try { return x } finally { x = 2 } })(); console.log(val)
const lab = () => { outer: for (const a of [1, 2]) { try { for (const b of [1, 2]) { if (b === 2) continue outer; console.log(a, b) } } finally { console.log('fin', a) } } }; lab()
const gen = function* () { try { yield 1; yield 2 } finally { console.log('gen cleanup') } }; for (const x of gen()) { console.log(x); break }
const asyncf = async () => { try { await Promise.reject(new Error('rej')) } catch (e) { return 'caught ' + e.message } finally { console.log('async finally') } }; console.log(await asyncf())
const deep = (n) => { if (n === 0) throw new Error('bottom'); deep(n - 1) }; try { deep(100) } catch (e) { console.log(e.message) }
try { (function inf() { inf() })() } catch (e) { console.log(e instanceof RangeError, e.message) }
try { const inf = (a) => [inf([a])]; inf() } catch (e) { console.log(e.name, e.message) }
const o = { get boom() { throw new Error('getter') }, toString() { throw new Error('ts') }, valueOf() { throw new Error('vo') }, [Symbol.iterator]() { throw new Error('iter') } }
for (const g of [() => o.boom, () => `${o}`, () => o + 1, () => [...o], () => ({ ...o }), () => JSON.stringify(o), () => Object.values(o), () => { const [x] = o }, () => o < 1, () => String(o), () => [o].join(), () => [1].map(() => o.boom)]) try { g(); console.log('none') } catch (e) { console.log(e.message) }
