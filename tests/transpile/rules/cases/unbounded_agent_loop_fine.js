export const meta = { name: 'case', description: 'A case.' }
while (true) { const r = await agent('a'); if (!r) break }
for (;;) { if (await agent('a')) return 1 }
while (true) { await agent('a'); throw new Error('x') }
outer: while (true) { for (;;) { await agent('a'); break outer } }
outer: for (const x of args) { while (true) { await agent(x); continue outer } }
while (args.x) { await agent('a') }
for (let i = 0; i < 3; i++) await agent('a')
do { await agent('a') } while (args.more)
while (true) { if (args) break }
