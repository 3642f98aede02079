export const meta = { name: 'race-resumed', description: 'A history that is kept.' }

const order = []
const note = (x) => { order.push(x); return x }
const calls = [9, 1, 5, 7, 3].map((ms) => agent(`wait ${ms}`, { mockDelayMs: ms }).then(note))
const first = await Promise.race(calls)
setTimeout(() => order.push('timer'), 3)
await Promise.all(calls)
return { first, order }
