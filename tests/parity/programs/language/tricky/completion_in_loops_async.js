const log = []
async function* src(n) { try { for (let i = 0; i < n; i++) { await null; yield i } } finally { log.push('closed' + n) } }
async function f() {
  outer: for await (const a of src(3)) {
    for await (const b of src(4)) {
      try { if (b === 1) continue outer; if (a === 2) return 'ret' + a + b; log.push(`${a}${b}`) } catch (e) { log.push(e) } finally { await null; log.push('f' + a + b) }
    }
  }
}
log.push(await f())
try { for await (const x of src(2)) { throw 'T' + x } } catch (e) { log.push(e) }
l: { for await (const x of src(2)) { if (x) break l } }
const r = []
for (let i = 0; i < 3; i++) { try { if (i === 1) { await Promise.reject('r' + i) } r.push(i) } catch (e) { r.push(e); continue } finally { r.push('.') } r.push('-') }
log.push(r.join(''))
async function g() { while (true) { try { return await Promise.resolve('inner') } finally { if (log.length < 100) break } } return 'after break' }
log.push(await g())
async function h() { try { try { throw 1 } finally { await 0; log.push('hf') } } catch (e) { await 0; return 'h' + e } }
log.push(await h())
switch (await 2) { case await 1: log.push('one'); case await 2: log.push('two'); case await 3: log.push('three'); break; default: log.push('d') }
do { log.push('do') } while (await false)
for (let i = await 0; i < await 2; i += await 1) log.push('i' + i)
for (const k in await { a: 1 }) log.push(k)
for (const x of await [1]) log.push(await x)
if (await 0) log.push('no'); else if (await 1) log.push('yes')
log.push((await 1) ? await 'a' : await 'b', await (await (await 'nested')), [await 1, await 2].length, { [await 'k']: await 'v' }.k, (await null)?.x, (await { y: { z: 1 } })?.y.z)
log.push(await new Promise(r => r(5)), -await 5, !await 0, typeof await 'x', await (async () => 1)() + await 2)
console.log(log.join())
