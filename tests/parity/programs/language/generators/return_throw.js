const log = []
function* g() { try { log.push('start'); yield 1; log.push('mid'); yield 2 } catch (e) { log.push('caught ' + e); yield 'after' } finally { log.push('fin'); yield 'from finally' } return 'end' }
const show = (x) => log.push(JSON.stringify(x))
let it = g(); show(it.next()); show(it.return('R')); show(it.next()); show(it.next())
it = g(); show(it.next()); show(it.throw('T')); show(it.next()); show(it.next())
it = g(); show(it.return('early')); show(it.next())
it = g(); try { it.throw('early throw') } catch (e) { log.push(e) } show(it.next())
function* h() { try { yield 1 } finally { return 'override' } }
it = h(); it.next(); show(it.return('x')); it = h(); it.next(); show(it.throw('y'))
function* k() { while (true) { try { yield 'again' } finally { continue } } }
it = k(); it.next(); show(it.return('ignored'))
function* m() { it.next() }
it = m(); try { it.next() } catch (e) { log.push(e.message) }
function* n() { throw new Error('inside') }
it = n(); try { it.next() } catch (e) { log.push(e.message) } show(it.next())
function* o() { const x = yield; log.push('got ' + x); try { yield } catch { } }
it = o(); it.next(); it.next('val'); show(it.throw('z'))
for (const x of g()) { log.push('loop ' + x); if (x === 1) break }
console.log(log.join('\n'))
