const kind = (x) => {
  switch (x) {
    case 'add': return '+'
    case 'sub': return '-'
    case 'mul': { const r = '*'; return r }
    case 'div':
    case 'quot': throw new RangeError('no division')
    default: return '?'
  }
}
for (const k of ['add', 'sub', 'mul', 'div', 'quot', 'x']) { try { console.log(kind(k)) } catch (e) { console.log(e.message) } }
let r
switch (3) { case 3: r = 'three'; break; case 4: r = 'four'; break }
console.log(r)
switch (4) { case 3: r = 'three'; break; case 4: r = 'four' }
console.log(r)
const closures = []
for (const x of [0, 1, 2]) switch (x) { case 0: const y = x; closures.push(() => y); break; case 1: let z = x * 10; closures.push(() => z++) ; break; default: closures.push(() => x) }
console.log(closures.map(f => f()).join(), closures.map(f => f()).join())
