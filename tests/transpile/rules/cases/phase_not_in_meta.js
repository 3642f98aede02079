export const meta = { name: 'case', description: 'A case.', phases: ['Find', { title: 'Fix', detail: 'x' }] }
phase('Find')
phase('Fixx') //~ ODW304: no 'Fixx'
phase(args.fix ? 'Fix' : 'Skip') //~ ODW304
await agent('a', { phase: 'Fix' })
await agent('a', { phase: 'Review' }) //~ ODW304: It lists 'Find', 'Fix'
await parallel([], { phase: 'Nope' }) //~ ODW304
phase(`Round ${args.n}`)
phase(args.title)
