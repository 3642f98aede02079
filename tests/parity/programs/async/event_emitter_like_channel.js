function channel() {
  const values = [], takers = []
  return {
    send(v) { const t = takers.shift(); if (t) t(v); else values.push(v) },
    take() { return values.length ? Promise.resolve(values.shift()) : new Promise((r) => takers.push(r)) },
  }
}
const c = channel()
const consumer = (async () => { for (;;) { const v = await c.take(); if (v === 'end') return 'consumed'; console.log('got ' + v) } })()
for (const v of [1, 2, 3]) { console.log('send ' + v); c.send(v); if (v % 2) await null }
c.send('end')
console.log(await consumer)
