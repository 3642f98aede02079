export const meta = { name: 'case', description: 'A case.' }
const t = Date.now() // odw-allow ODW101 shown in the log only
// odw-allow wall-clock, ODW102 both are fine here

log(Date.now(), Math.random(), t)
/* odw-allow ODW101
   a reason over two lines */
// another comment
log(Date.now())
log(/* odw-allow ODW101 inside */ Date.now())
log(Date.now()) // odw-allow ODW102 the wrong rule //~ ODW101, ODW211
log(1) // odw-allow ODW101 nothing here //~ ODW211: silences nothing
log(Date.now()) /* odw-allow ODW101 */ //~ ODW212: gives no reason
log(1) // odw-allow //~ ODW211: names no rule
log(1) // odw-allow ODW999 reason //~ ODW211: knows no rule ODW999
await import('x') // odw-allow ODW207 cannot be suppressed //~ ODW207, ODW211
// about odw-allow itself: not a suppression
