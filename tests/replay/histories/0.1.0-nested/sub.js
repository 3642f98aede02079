export const meta = { name: 'sub', description: 'A history that is kept.' }
return [args.n, await agent(`below ${args.n}`), await agent('the same')]
