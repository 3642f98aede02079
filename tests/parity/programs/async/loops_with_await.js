const work = async (i) => { await null; return i * i }
for (let i = 0; i < 3; i++) console.log(await work(i))
for (const x of [3, 4]) { if ((await work(x)) > 10) break; console.log('x ' + x) }
let n = 0
while ((await work(n)) < 10) n++
console.log(n)
do { n-- } while ((await work(n)) > 1)
console.log(n)
outer: for (const a of [1, 2, 3]) for (const b of [1, 2]) { if ((await work(a)) === 4) continue outer; console.log(a, b) }
const fns = []
for (let i = 0; i < 3; i++) { await null; fns.push(() => i) }
console.log(fns.map((f) => f()).join())
switch (await work(2)) { case await work(1): console.log('one'); break; case await work(2): console.log('four') }
