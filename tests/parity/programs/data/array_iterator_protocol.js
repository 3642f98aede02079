const it = ['a', 'b'][Symbol.iterator]()
console.log(JSON.stringify([it.next(), it.next(), it.next(), it.next()]), it[Symbol.iterator]() === it, String(it))
const e = new Map([[1, 2]]).entries(); console.log(JSON.stringify([...e]), [...e].length)
const k = [7, , 9].keys(); console.log([...k].join(), JSON.stringify([...[7, , 9].values()]), JSON.stringify([...[, 1].entries()]))
const grow = [1]; const g = grow.values(); grow.push(2); console.log([...g].join()); grow.push(3); console.log(g.next().done)
const proto = Object.getPrototypeOf([].values()); console.log(Object.getOwnPropertyNames(proto).join(), proto[Symbol.toStringTag], Object.getPrototypeOf(proto) === Object.getPrototypeOf(Object.getPrototypeOf(''[Symbol.iterator]())))
const orig = proto.next; let calls = 0; proto.next = function () { calls++; return orig.call(this) }
for (const x of [1, 2]); const [p, q] = [1, 2, 3]; const sp = [...[1]]; Math.max(...[4, 5]); new Set([1, 2]); Array.from([1])
proto.next = orig
console.log(calls)
const like = Array.prototype.values.call({ length: 2, 0: 'x', 1: 'y' }); console.log([...like].join())
const str = 'h😀i'[Symbol.iterator](); console.log(JSON.stringify([str.next(), str.next(), str.next(), str.next()]), str[Symbol.toStringTag])
const [a, ...rest] = 'xyz'; console.log(a, rest.join()); const [, second, third = 'none'] = ['1', '2']; console.log(second, third)
const closing = { n: 0, [Symbol.iterator]() { return this }, next() { return { value: this.n++, done: false } }, return(v) { console.log('closed at', this.n); return {} } }
for (const x of closing) if (x > 1) break
const [c1, c2] = closing; console.log(c1, c2); try { for (const x of closing) throw new Error('out') } catch (err) { console.log(err.message) }
label: for (const i of [1, 2]) { for (const x of closing) continue label }
try { [...{}] } catch (err) { console.log(err.name + ': ' + err.message) }
try { const [z] = null } catch (err) { console.log(err.name + ': ' + err.message) }
try { new Set(5) } catch (err) { console.log(err.name + ': ' + err.message) }
console.log([...Array(2).keys(), ...Object.entries({ k: 1 })[0]].join(), Object.fromEntries([['a', 1]].values()).a, [...(function* () { yield* [1, 2]; yield* 'ab' })()].join())
