function* inner() { try { const x = yield 'a'; console.log('x ' + x); yield 'b'; return 'result' } finally { console.log('inner finally') } }
function* outer() { console.log('r ' + (yield* inner())); yield* [1, 2]; yield* 'hi'; yield* new Map([['k', 'v']]); return 'done' }
console.log([...outer()].join('|'))
let it = outer(); it.next(); console.log(JSON.stringify(it.return('out')), JSON.stringify(it.next()))
it = outer(); it.next(); try { it.throw(new Error('in')) } catch (e) { console.log(e.message) }
function* overArray() { yield* [1, 2, 3] }
it = overArray(); it.next(); try { it.throw(new Error('x')) } catch (e) { console.log(e.name + ': ' + e.message) }
it = overArray(); it.next(); console.log(JSON.stringify(it.return(5)))
const custom = { [Symbol.iterator]: () => ({ next: (v) => ({ done: false, value: v, extra: 'kept' }), return: (v) => ({ done: false, value: 'refused ' + v }), throw: (e) => ({ done: true, value: 'threw ' + e }) }) }
function* d() { return yield* custom }
it = d()
console.log(JSON.stringify([it.next(1), it.next(2), it.return(3), it.throw(4), it.next()]))
