const log = []
const v = (x) => { log.push('test' + x); return x }
switch (v(2)) { case v(1): case v(2): log.push('hit'); case v(3): log.push('fell'); break; default: log.push('def'); case v(4): }
switch (9) { default: log.push('d'); case v(1): log.push('one'); break; case v(2): log.push('two') }
switch (1) { case 1: let a = 'scoped'; const b = 'b'; function fn() { return a + b } log.push(fn()) }
switch (true) { case 1 > 2: log.push('no'); break; case 2 > 1: log.push('yes'); break }
switch (typeof v) { case 'function': { const a = 1; log.push(a); break } default: log.push('x') }
switch (3) {}
switch (v('only')) { default: log.push('only default') }
const nested = (x, y) => { switch (x) { case 1: switch (y) { case 1: return '11'; case 2: break; default: return '1d' } return '1-'; default: return 'd' } }
console.log([nested(1, 1), nested(1, 2), nested(1, 3), nested(2, 1)].join())
const loops = []
for (let i = 0; i < 5; i++) { switch (i) { case 0: continue; case 1: loops.push(i); break; case 2: if (i) { break } loops.push('no'); case 4: loops.push('f' + i) } loops.push('e' + i) }
console.log(loops.join())
console.log(log.join())
