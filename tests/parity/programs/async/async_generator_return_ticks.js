const log = (s) => console.log(s)
async function* g() { try { yield 1 } finally { log('finally') } }
async function* h() { return Promise.resolve('x') }
const show = (name) => (r) => log(name + ' ' + JSON.stringify(r))
const a = g()
a.next().then(show('next'))
a.return(Promise.resolve('p')).then(show('return'))
a.return('q').then(show('return2'))
h().next().then(show('h'))
const b = g()
b.return(Promise.reject('bad')).catch((e) => log('rejected ' + e))
b.next().then(show('after'))
let t = Promise.resolve()
for (let i = 1; i < 14; i++) t = t.then(() => log('tick ' + i))
await t
