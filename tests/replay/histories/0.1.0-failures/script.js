export const meta = { name: 'failures', description: 'A history that is kept.' }

const some = await parallel(['a', 'b'].map((x) => () => agent(x, { mockFail: x === 'b' ? { category: 'crash', message: 'no luck', retryable: true } : false, maxAttempts: 2 })))
let caught = ''
try { await agent('c', { mockFail: 'no', onFailure: 'throw' }) } catch (error) { caught = error.message }
const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }
return { some, caught, number: await agent('a number', { schema, mockResult: { n: 3 } }) }
