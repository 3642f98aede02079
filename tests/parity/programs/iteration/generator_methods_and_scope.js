const o = { *g() { yield this.v; yield* this.h() }, *h() { yield super.toString === Object.prototype.toString }, v: 'value', async *ag() { yield this.v } }
console.log([...o.g()].join())
for await (const x of o.ag()) console.log(x)
const gens = []
for (let i = 0; i < 3; i++) gens.push((function* () { yield i; i += 10; yield i })())
console.log(gens.map((g) => g.next().value).join(), gens.map((g) => g.next().value).join())
function* defaults(a = 1, { b = 2 } = {}, ...rest) { yield [a, b, rest.length].join() }
console.log([...defaults()][0], [...defaults(5, { b: 6 }, 7, 8)][0])
function* eager({ x }) { yield x }
try { eager() ; console.log('no') } catch (e) { console.log('thrown at call: ' + e.name) }
function* lazy() { throw new Error('on next') }
const l = lazy()
try { l.next() } catch (e) { console.log(e.message, l.next().done) }
function* expr() { const r = [yield 'a', (yield 'b') + (yield 'c')]; return `${yield r}!` }
const e = expr()
console.log(JSON.stringify([e.next(), e.next(1), e.next(2), e.next(3), e.next('x')]))
