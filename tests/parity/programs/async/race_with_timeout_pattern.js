function deferred() { let resolve, reject; const promise = new Promise((a, b) => { resolve = a; reject = b }); return { promise, resolve, reject } }
const timeout = deferred(), work = deferred()
const guarded = Promise.race([work.promise, timeout.promise]).finally(() => console.log('cleanup'))
timeout.reject(new Error('timed out'))
work.resolve('done')
await guarded.then((v) => console.log(v), (e) => console.log(e.message))
