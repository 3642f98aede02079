const log = []
async function f(x) {
  try { log.push('try'); if (x) throw new Error('E'); return await 'value' } catch (e) { log.push(e.message); return await 'caught' } finally { await null; log.push('finally') }
}
log.push(await f(false)); log.push(await f(true))
async function g() { try { await Promise.reject('rej') } finally { log.push('cleanup') } }
try { await g() } catch (e) { log.push(e) }
async function h() { for (const x of [1, 2, 3]) { try { await x; if (x === 2) continue; if (x === 3) break } finally { log.push('x' + x) } } return 'h' }
log.push(await h())
function* gen() { try { yield 1; yield 2 } catch (e) { log.push('in gen ' + e); yield 'recovered' } finally { log.push('gen fin') } }
const it = gen(); it.next(); log.push(it.throw('boom').value, it.next().done)
console.log(log.join())
