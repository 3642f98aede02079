export const meta = { name: 'nested', description: 'A history that is kept.' }
const two = await parallel([1, 2].map((n) => () => workflow({ scriptPath: 'sub.js' }, { n })))
return two
