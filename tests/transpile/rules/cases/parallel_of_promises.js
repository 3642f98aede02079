export const meta = { name: 'case', description: 'A case.' }
await parallel([agent('a'), () => agent('b')]) //~ ODW302: Wrap each call
await parallel(args.map(x => agent(x))) //~ ODW302
await parallel(args.map(x => { return agent(x) })) //~ ODW302
await parallel(args.map(async x => { const r = await agent(x); return r })) //~ ODW302
await parallel(Array.from({ length: 3 }, (_, i) => agent(`${i}`))) //~ ODW302
await parallel([agent('a').then(x => x)]) //~ ODW302
await parallel([await agent('a')]) //~ ODW302
await parallel([...args.map(x => agent(x))]) //~ ODW302
const jobs = args.map(x => agent(x)) //~ ODW302
await parallel(jobs)
async function review(x) { return agent(x) }
await parallel([review(1)]) //~ ODW302
await parallel(args.map(x => review(x))) //~ ODW302
await parallel(args.map(x => agent(x)).filter(Boolean)) //~ ODW302
await parallel(args.map(review)) //~ ODW302
