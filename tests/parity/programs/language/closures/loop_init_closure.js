let first
const later = []
for (let i = 0, get = () => i; i < 3; i++) { first ??= get; later.push(() => i) }
console.log(first(), later.map(f => f()).join())
const g = []
for (let i = 0; g.push(() => i), i < 2; i++) ;
console.log(g.map(f => f()).join())
const h = []
for (let i = 0; i < 3; h.push(() => i), i++) ;
console.log(h.map(f => f()).join())
for (let i = 0, inc = () => i++; i < 3; i++) { inc(); if (later.length++ > 10) break }
console.log(later.length)
