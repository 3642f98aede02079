export const meta = { name: 'equal', description: 'A history that is kept.' }
const drafts = await parallel([4, 3, 2, 1].map((ms) => () => agent('write a draft', { mockDelayMs: ms })))
return drafts
