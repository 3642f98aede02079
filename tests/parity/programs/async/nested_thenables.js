const wrap = (v, depth) => depth ? { then(f) { console.log('depth ' + depth); f(wrap(v, depth - 1)) } } : v
console.log('got ' + (await wrap('x', 4)))
Promise.resolve(wrap('y', 3)).then((v) => console.log(v))
for (let i = 0; i < 6; i++) { await null; console.log('tick ' + i) }
