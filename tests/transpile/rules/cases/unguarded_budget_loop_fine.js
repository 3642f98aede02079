export const meta = { name: 'case', description: 'A case.' }
while (budget.total && budget.remaining() > 50_000) { await agent('a') }
while (budget.remaining() > 50_000) { await agent('a') }
