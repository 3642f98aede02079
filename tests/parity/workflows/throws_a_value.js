export const meta = { name: 'throws-a-value', description: 'A thrown object' }
const got = await agent('x').catch(() => null)
log(typeof got)
throw { code: 'E_NO', details: [1, 'two'] }
