const log = []
const p = Promise.reject(new Error('handled later')); await null; p.catch(() => log.push('ok'))
await Promise.allSettled([Promise.reject(1)])
const results = await Promise.all([1, 2, 3].map(async (n) => { try { if (n === 2) throw new Error('two'); return n } catch (e) { return e.message } }))
log.push(results.join())
await Promise.resolve().then(() => { throw new TypeError('in then') }).catch(e => log.push(e.name)).finally(() => log.push('fin'))
const chain = await Promise.reject('a').catch(x => x + 'b').then(x => { throw x + 'c' }).then(null, x => x + 'd'); log.push(chain)
try { await Promise.all([new Promise((_, r) => r('first')), Promise.reject('second')]) } catch (e) { log.push(e) }
const nested = async () => { try { await (async () => { throw new Error('n') })() } catch (e) { throw new Error('outer', { cause: e }) } }
await nested().catch(e => log.push(e.message + e.cause.message))
const thenThrows = { then() { throw 'then threw' } }; try { await thenThrows } catch (e) { log.push(e) }
const badThen = { get then() { throw 'getter threw' } }; try { await badThen } catch (e) { log.push(e) }
console.log(log.join())
