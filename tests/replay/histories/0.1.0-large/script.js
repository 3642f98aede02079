export const meta = { name: 'large', description: 'A history that is kept.' }
const text = await agent('much', { mockText: 'large é '.repeat(12000) })
return [text.length, await agent(`of ${text.length}`)]
