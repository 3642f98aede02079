const order = []
const jobs = []
for (let i = 0; i < 3; i++) {
  jobs.push((async () => { await null; order.push(i); let j = i; await null; j++; order.push(`${i}:${j}`) })())
}
await Promise.all(jobs)
console.log(order.join())
const res = await Promise.all([1, 2, 3].map(async (x, i) => { const y = await x; return y * i }))
console.log(res.join())
