export const meta = { name: 'case', description: 'A case.' }
while (budget.remaining() > 50_000) { await agent('a') } //~ ODW306: budget.remaining() is Infinity
for (; 100 < budget.remaining(); ) { await agent('a') } //~ ODW306
do { await agent('a') } while (budget.remaining()) //~ ODW306
while (budget.remaining() > 5 && args.more) { await agent('a') }
while (budget.remaining() > 5) { if (!(await agent('a'))) break }
while (budget.spent() < 5) { await agent('a') }
