export const meta = { name: 'case', description: 'A case.' }
while (true) { await agent('a') } //~ ODW305: nothing ends
for (;;) { await agent('a'); log('x') } //~ ODW305
do { await parallel([() => agent('b')]) } while (true) //~ ODW305
while (1) { switch (args) { case 1: break } await agent('c') } //~ ODW305
while (!0) { for (const x of args) { if (x) break } await agent('c') } //~ ODW305
while (true) { const f = () => { return 1 }; await agent(f()) } //~ ODW305
outer: while (true) { await agent('x'); continue outer } //~ ODW305
