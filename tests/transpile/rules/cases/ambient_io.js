export const meta = { name: 'case', description: 'A case.' }
const page = await fetch('https://example.org') //~ ODW104: fetch() is not available
log(process.env.HOME, page) //~ ODW104
const fs = require('fs') //~ ODW104
log(fs.readFileSync('x'), Buffer.from('x')) //~ ODW104
log(performance.now()) //~ ODW104: performance reads the clock
module.exports = {} //~ ODW104
log(__dirname) //~ ODW104
try { process.exit(1) } catch { log('no process') } //~ ODW104 warning
const env = process //~ ODW104
log(env.argv)
if (typeof process !== 'undefined') log(process.env.HOME)
const home = typeof process === 'undefined' ? '' : process.env.HOME
const token = typeof process !== 'undefined' && process.env.TOKEN
log(globalThis.process?.env, home, token, typeof fetch)
{
  const fetch = async url => agent(`Fetch ${url}`)
  log(await fetch('x'))
}
const read = process => process.env
log(read({}), args.process, { fetch: 1, require: 2 })
