const log = []
async function thrower(m) { await null; throw new Error(m) }
try { await thrower('one') } catch (e) { log.push(e.message) }
await thrower('two').catch(e => log.push(e.message))
const safe = async (f) => { try { return await f() } catch (e) { return 'safe:' + e.message } finally { log.push('f') } }
log.push(await safe(() => thrower('three')), await safe(async () => 'ok'), await safe(() => { throw new Error('sync') }))
async function noAwait() { try { return thrower('escaped') } catch { return 'never' } }
try { await noAwait() } catch (e) { log.push(e.message) }
log.push(await Promise.race([thrower('r'), new Promise(() => { })]).catch(e => e.message))
try { await Promise.all([thrower('all1'), thrower('all2')]) } catch (e) { log.push(e.message) }
log.push(await Promise.any([Promise.reject(1), Promise.resolve(2)]))
try { await Promise.any([Promise.reject(1)]) } catch (e) { log.push(e.constructor.name, e.errors.length) }
async function nested() { try { try { await thrower('inner') } finally { await null; log.push('nested fin') } } catch (e) { throw new Error('wrapped', { cause: e }) } }
try { await nested() } catch (e) { log.push(e.message, e.cause.message) }
const r = await new Promise((res, rej) => { res('first'); rej('second'); throw 'third' })
log.push(r)
await (async () => { await undefined.x })().catch(e => log.push(e.message))
console.log(log.join())
