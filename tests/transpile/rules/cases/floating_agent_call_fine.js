export const meta = { name: 'case', description: 'A case.' }
await agent('a')
void agent('meant')
const kept = agent('b')
const list = [agent('c')]
agent('d').then(x => log(x))
const one = x => agent(x)
const two = async x => { return agent(x) }
function three() { return parallel([one, two, () => agent('e')]) }
args.forEach(x => list.push(agent(x)))
const answer = (await agent('f')).text
const either = args ? agent('g') : agent('h')
const pending = new Map()
pending.set('k', agent('i'))
let later
later = agent('j')
export const exported = agent('k')
const batch = { a: agent('l') }
for (const x of args) { const r = await agent(x); if (!r) break }
log(await kept, await Promise.all(list), await three(), answer, await either, await later, batch)
{
  const agent = x => x
  agent('a local one')
}
function helper(parallel) { parallel([]) }
helper(() => {})
args.forEach(async x => { log(x) })
return agent('z')
