const log = []
await Promise.reject(new Error('a'))
  .then(() => log.push('skipped'))
  .catch((e) => { log.push('caught ' + e.message); throw new Error('b') })
  .then(() => log.push('skipped'), (e) => { log.push('second ' + e.message); return 'ok' })
  .then((v) => log.push('value ' + v))
  .finally((...args) => log.push('finally ' + args.length))
console.log(log.join('\n'))
