// A loop that is left early calls `return` of its iterator: also one that a script gave to a built-in prototype.
const arrays = Object.getPrototypeOf([][Symbol.iterator]())
const maps = Object.getPrototypeOf(new Map().values())
const sets = Object.getPrototypeOf(new Set().values())
const strings = Object.getPrototypeOf(''[Symbol.iterator]())

function leaveAll() {
  for (const x of [1, 2, 3]) break
  for (const x of new Map([[1, 2]])) break
  for (const x of new Set([1])) break
  for (const x of 'ab') break
  const [a] = [1, 2]
  const [b, c] = [1]
  const [d] = new Set([1, 2])
  try { for (const x of [1]) throw new Error('body') } catch {}
  try { new Map([1]) } catch {}
  return [a, b, c, d]
}

for (const [name, prototype] of Object.entries({ arrays, maps, sets, strings, all: Object.getPrototypeOf(arrays), objects: Object.prototype })) {
  const calls = []
  Object.defineProperty(prototype, 'return', {
    value() { calls.push(this[Symbol.toStringTag]); return {} },
    configurable: true,
  })
  try { leaveAll() } finally { delete prototype.return }
  console.log(name, calls.join())
}
const calls = []
const before = Object.getPrototypeOf(maps)
Object.setPrototypeOf(maps, { __proto__: before, return() { calls.push('inherited'); return {} } })
for (const x of new Map([[1, 2]])) break
Object.setPrototypeOf(maps, before)
for (const x of new Map([[1, 2]])) break
console.log(calls.join(), JSON.stringify(leaveAll()))
