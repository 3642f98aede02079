export const meta = { name: 'case', description: 'A case.' }
// Date.now() in a comment
log('Date.now() and Math.random() in a text', `${1} new Date()`)
log(new Date(0), new Date(args.since), new Date(2026, 0, 1), Date.parse('2026-01-01'), Date.UTC(2026, 0))
log(typeof Date, args instanceof Date, Date.prototype.toISOString.call(new Date(0)), Date.name)
function later(Date) { return Date.now() + new Date() + Date() }
{
  const Date = { now: () => 1 }
  log(Date.now())
}
const clock = { now: () => 2, random: () => 3 }
const { now, random } = clock
log(now(), random(), later(clock), clock.Date)
let D = Date
D = clock
log(D.now())
const dates = args.map(Date => Date.now())
class Clock { now() { return this.Date() } Date() { return 1 } }
log(new Clock().now(), dates, new Date(...args))
