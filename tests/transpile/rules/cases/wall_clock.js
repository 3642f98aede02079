export const meta = { name: 'case', description: 'A case.' }
const started = Date.now() //~ ODW101: Date.now() differs from run to run
log(new Date().toISOString()) //~ ODW101: new Date() without arguments
log(Date()) //~ ODW101: Date() differs from run to run
log(new Date) //~ ODW101
const D = Date
log(new D()) //~ ODW101
log(D.now()) //~ ODW101: through a constant
const { now } = Date //~ ODW101
log(now())
const { now: t = null } = globalThis.Date //~ ODW101
log(t)
log(globalThis.Date.now()) //~ ODW101
log(Date['now']()) //~ ODW101
log(Date?.now?.()) //~ ODW101
log([1].map(Date.now)) //~ ODW101
let tick
;({ now: tick } = Date) //~ ODW101
log((0, Date.now)()) //~ ODW101
const g = globalThis, { Date: E } = g
log(new E()) //~ ODW101
log(new g.Date()) //~ ODW101
const clock = Date.now //~ ODW101
log(clock(), started, tick)
