// Promise chains on agents instead of await.
export const meta = { name: 'then-chains', description: 'then, catch and finally on agents and on parallel' }

const trail = []
const length = await agent('How long?').then((text) => text.length).then((n) => n > 5)
const failed = await agent('Fail on it', { mockFail: 'no', onFailure: 'throw', label: 'f' })
  .then(() => 'fine')
  .catch((error) => `${error.name}: ${error.message}`)
  .finally(() => trail.push('finally'))
const chained = await parallel([1, 2, 3].map((n) => () => agent(`Item ${n}`, { label: `i${n}` }).then((text) => ({ n, ok: !!text }))))
  .then((items) => items.filter(Boolean))
  .then((items) => Object.fromEntries(items.map(({ n, ok }) => [`n${n}`, ok])))
const first = agent('first').then(() => trail.push('first'))
const second = agent('second').then(() => trail.push('second'))
trail.push('sync')
await Promise.resolve().then(() => trail.push('job'))
await second
await first
const settled = await Promise.allSettled([agent('a').then(() => 1), Promise.reject(new RangeError('r')), 3, { then: (ok) => ok('thenable') }])
const any = await Promise.any([Promise.reject(1), agent('any').then(() => 'won')])
const raced = await Promise.race([agent('slow').then(() => 'slow'), Promise.resolve('fast')])
log(trail.join(' > '))
return { length, failed, chained, trail, settled: settled.map((s) => [s.status, s.value ?? String(s.reason)]), any, raced }
