const log = (s) => console.log(s)
function* g() { try { yield 1; yield 2 } catch (e) { log('caught ' + e); yield 'from catch' } finally { log('finally'); yield 'from finally'; log('finally ends') } return 'end' }
const show = (r) => log(JSON.stringify(r))
let it = g(); it.next(); show(it.return('R')); show(it.next()); show(it.next())
it = g(); it.next(); show(it.throw('T')); show(it.next()); show(it.next()); show(it.next())
it = g(); show(it.return('before')); show(it.next())
it = g(); try { it.throw(new Error('before')) } catch (e) { log(e.message) } show(it.next())
function* override() { try { yield 1 } finally { return 'override' } }
it = override(); it.next(); show(it.return('R'))
it = override(); it.next(); show(it.throw('T'))
function* rethrow() { try { yield 1 } finally { throw new Error('from finally') } }
it = rethrow(); it.next(); try { it.return() } catch (e) { log(e.message) }
function* swallow() { while (true) { try { yield 1 } finally { continue } } }
it = swallow(); it.next(); show(it.return('R')); show(it.return('R'))
