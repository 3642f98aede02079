export const meta = { name: 'race', description: 'A history that is kept.' }

const order = []
const note = (x) => { order.push(x); return x }
const calls = [agent('slow', { mockDelayMs: 9 }).then(note), agent('quick', { mockDelayMs: 1 }).then(note)]
const first = await Promise.race(calls)
await new Promise((resolve) => setTimeout(resolve, 4))
order.push('timer')
await Promise.all(calls)
return { first, order }
