export const meta = { name: 'spent', description: 'A history that is kept.' }

const a = await agent('a', { mockTokens: 7 })
const f = await agent('f', { mockFail: { category: 'crash', message: 'no luck', retryable: true }, mockTokens: 500, retry: { maxAttempts: 3, backoff: 20 } })
return [a, f, await agent('c', { mockTokens: 9 })]
