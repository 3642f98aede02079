export const meta = { name: 'failed', description: 'A history that is kept.' }
await agent('first')
throw new Error('on purpose')
