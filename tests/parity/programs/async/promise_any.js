console.log(await Promise.any([Promise.reject(1), 2, 3]))
try { await Promise.any([Promise.reject('a'), Promise.reject(new Error('b'))]) }
catch (e) {
  console.log(e instanceof AggregateError, e instanceof Error, e.name + ': ' + e.message)
  console.log(e.errors.map((x) => x.message ?? x).join())
  const d = Object.getOwnPropertyDescriptor(e, 'errors')
  console.log(d.writable, d.enumerable, d.configurable)
}
try { await Promise.any([]) } catch (e) { console.log(e.errors.length) }
