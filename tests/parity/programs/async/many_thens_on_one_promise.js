let go
const p = new Promise((r) => { go = r })
for (let i = 0; i < 5; i++) p.then((v) => { console.log(i + ' ' + v); if (i === 1) p.then(() => console.log('added in 1')) })
const awaiting = [5, 6, 7].map(async (i) => { console.log(i + ' ' + (await p)) })
p.then(() => console.log('last'))
go('value')
await Promise.all(awaiting)
await null
console.log('end')
