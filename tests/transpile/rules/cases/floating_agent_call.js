export const meta = { name: 'case', description: 'A case.' }
agent('lost') //~ ODW301: the promise of agent() is dropped
parallel([() => agent('x')]) //~ ODW301: parallel()
args && agent('lost') //~ ODW301
args ? agent('lost') : workflow('lost') //~ ODW301, ODW301
const never = agent('lost') //~ ODW301
args.forEach(x => agent(x)) //~ ODW301
args.forEach(async x => { await agent(x); await agent(x + 1) }) //~ ODW301: forEach() drops
for (agent('lost'); ; ) { break } //~ ODW301
agent('lost'), log('x') //~ ODW301
const run = agent
run('lost') //~ ODW301
