export const meta = { name: 'case', description: 'A case.' }
const timer = setInterval(() => log('tick'), 1000) //~ ODW103: setInterval() is not available
clearInterval(timer) //~ ODW103
setImmediate(() => {}) //~ ODW103
try { setImmediate(() => {}) } catch { log('none') } //~ ODW103 warning
const wait = ms => new Promise(resolve => setTimeout(resolve, ms))
const id = setTimeout(() => {}, 5)
clearTimeout(id)
await wait(5)
