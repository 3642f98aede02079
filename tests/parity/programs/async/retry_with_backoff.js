let attempts = 0
const flaky = async () => { attempts++; await null; if (attempts < 3) throw new Error('attempt ' + attempts); return 'ok after ' + attempts }
async function retry(f, n) { for (let i = 1; ; i++) { try { return await f() } catch (e) { console.log('failed: ' + e.message); if (i >= n) throw e; for (let k = 0; k < i; k++) await null } } }
console.log(await retry(flaky, 5))
attempts = -10
await retry(flaky, 2).catch((e) => console.log('gave up: ' + e.message))
