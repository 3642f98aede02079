const inner = async () => { await null; throw new RangeError('deep') }
const middle = async () => { try { await inner() } finally { console.log('middle finally') } }
const outer = async () => { try { return await middle() } catch (e) { throw new Error('wrapped', { cause: e }) } }
try { await outer() } catch (e) { console.log(e.message + ' <- ' + e.cause.name + ' ' + e.cause.message) }
const e1 = new Error('same')
try { await (async () => { throw e1 })() } catch (e) { console.log(e === e1) }
