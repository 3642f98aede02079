const order = []
const wait = (n, v) => new Promise((res) => { let k = n; const step = () => k-- > 0 ? Promise.resolve().then(step) : res(v); step() })
const thunks = [3, 1, 2].map((n, i) => async () => { order.push('start' + i); const v = await wait(n, i); order.push('end' + v); return v })
console.log((await Promise.all(thunks.map(t => t()))).join(), order.join())
console.log(await Promise.race([wait(3, 'slow'), wait(1, 'fast')]), await Promise.any([Promise.reject('x'), wait(1, 'any')]))
const seq = []; for (const t of thunks) seq.push(await t()); console.log(seq.join())
const { promise, resolve } = (() => { let resolve; const promise = new Promise(r => resolve = r); return { promise, resolve } })()
resolve('resolved'); console.log(await promise)
async function* stream(n) { for (let i = 0; i < n; i++) yield wait(n - i, i) }
const got = []; for await (const x of stream(3)) got.push(x); console.log(got.join())
const sem = (max) => { let active = 0; const q = []; const next = () => { if (active < max && q.length) { active++; const { f, res, rej } = q.shift(); f().then(res, rej).finally(() => { active--; next() }) } }; return (f) => new Promise((res, rej) => { q.push({ f, res, rej }); next() }) }
const lim = sem(2); let act = 0, peak = 0
console.log((await Promise.all([1, 2, 3, 4].map(n => lim(async () => { act++; peak = Math.max(peak, act); await wait(2); act--; return n * n })))).join(), peak)
const timeout = (p, n) => Promise.race([p, wait(n).then(() => { throw new Error('timeout') })])
console.log(await timeout(wait(1, 'in time'), 10), await timeout(wait(20), 2).catch(e => e.message))
