function stack() {
  const items = []
  let size = 0
  return { push(x) { items[size++] = x; return this }, pop: () => items[--size], get size() { return size }, set size(v) { size = v } }
}
const s = stack().push(1).push(2).push(3)
console.log(s.pop(), s.size)
s.size = 1
console.log(s.pop(), s.size)
let handler
{ let hidden = 'h'; handler = (v) => { if (v !== undefined) hidden = v; return hidden } }
console.log(handler(), handler('n'), handler())
