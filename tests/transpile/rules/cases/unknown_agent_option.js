export const meta = { name: 'case', description: 'A case.' }
const COMMON = { model: 'opus', outputSchema: {} } //~ ODW303: no option `outputSchema`
await agent('a', { lable: 'x' }) //~ ODW303
await agent('a', { label: 'x', schema: {}, mockText: 'y', retry: { maxAttempts: 2 } })
await agent('a', COMMON)
await agent('a', { ...COMMON, ...(args.x ? { efort: 'low' } : {}), ...args.more }) //~ ODW303
await agent('a', { ...(args.m && { modle: args.m }) }) //~ ODW303
await agent('a', { 'tag': 1 }) //~ ODW303: has no effect
await agent('a', args.options)
await agent('a', { ['x' + args.k]: 1, [args.k]: 2 })
const other = { run: (p, o) => [p, o] }
other.run('a', { lable: 'fine, not the hook' })
