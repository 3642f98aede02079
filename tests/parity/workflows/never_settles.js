// The run waits for what never comes.
export const meta = { name: 'never-settles', description: 'Deadlock' }
await agent('before')
log('now waiting')
const { promise, resolve } = Promise.withResolvers?.() ?? { promise: new Promise(() => {}) }
await Promise.race([promise, new Promise(() => {})])
return 'never'
