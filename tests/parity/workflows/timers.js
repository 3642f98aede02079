// Timeouts: races with delays, debounce, cancelled timers, nested ones.
export const meta = { name: 'timers', description: 'setTimeout in the order of their delays' }

const trail = []
const sleep = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value))
const timeout = (promise, ms) => Promise.race([promise, sleep(ms).then(() => { throw new Error(`timeout after ${ms}`) })])
setTimeout(() => trail.push('t20'), 20)
setTimeout(() => trail.push('t5'), 5)
setTimeout((...given) => trail.push(`t0:${given}`), 0, 'a', 'b')
const cancelled = setTimeout(() => trail.push('never'), 1)
clearTimeout(cancelled)
clearTimeout(undefined)
queueMicrotask(() => trail.push('micro'))
trail.push('sync')
const fast = await timeout(agent('quick', { label: 'quick' }), 50).then((t) => typeof t)
trail.push('agent')
const slow = await timeout(sleep(30, 'late'), 10).catch((e) => e.message)
await sleep(25)
let ticks = 0
await new Promise((resolve) => { const tick = () => (++ticks < 3 ? setTimeout(tick, 2) : resolve()); setTimeout(tick, 2) })
const ordered = await Promise.all([sleep(6, 'c'), sleep(2, 'a'), sleep(4, 'b')].map((p, i) => p.then((v) => { trail.push(v); return v + i })))
log(trail.join(' '))
return { trail, fast, slow, ticks, ordered }
