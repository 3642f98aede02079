async function* g() { yield 1; throw new Error('inside') }
try { for await (const x of g()) console.log(x) } catch (e) { console.log('caught ' + e.message) }
async function* h() { try { yield Promise.reject(new Error('yielded rejection')) } catch (e) { console.log('in generator: ' + e.message); yield 'after' } }
for await (const x of h()) console.log(x)
async function* k() { yield 1 }
try { await k.prototype.next.call({}) } catch (e) { console.log(e.name + ': ' + e.message) }
const it = k()
console.log(typeof it.next, it instanceof k, Object.getPrototypeOf(it) === k.prototype)
try { new k() } catch (e) { console.log(e.message) }
