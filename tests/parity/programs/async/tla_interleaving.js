let shared = []
const bg = (async () => { for (let i = 0; i < 4; i++) { shared.push('bg' + i); await null } })()
shared.push('main0')
await null
shared.push('main1')
await null
shared.push('main2')
const x = await new Promise((r) => { Promise.resolve().then(() => { shared.push('in promise'); r('resolved') }) })
shared.push(x)
await bg
console.log(shared.join(' '))
