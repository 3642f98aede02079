const objs = []
for (let i = 0; i < 3; i++) objs.push({ get v() { return i }, set v(x) { i = x }, m() { return i * 2 }, ['k' + i]: () => i })
objs[0].v = 50
console.log(objs.map(o => `${o.v}/${o.m()}/${Object.values(o).at(-1)()}`).join(' '))
const thunks = {}
for (const name of ['a', 'b']) thunks[name] = { run: async () => name, *gen() { yield name }, async *ag() { yield name + '!' }, cls: class { static n = name; n = name } }
console.log(await thunks.a.run(), [...thunks.b.gen()].join(), (await thunks.a.ag().next()).value, thunks.b.cls.n, new thunks.a.cls().n)
