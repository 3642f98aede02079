async function fails() { throw new Error('boom') }
async function returned() { try { return fails() } catch (e) { return 'caught ' + e.message } finally { console.log('finally returned') } }
async function awaited() { try { return await fails() } catch (e) { return 'caught ' + e.message } finally { console.log('finally awaited') } }
await returned().then((v) => console.log('r ' + v), (e) => console.log('r rejected ' + e.message))
await awaited().then((v) => console.log('a ' + v), (e) => console.log('a rejected ' + e.message))
