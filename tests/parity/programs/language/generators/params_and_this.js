const log = []
function* g(a = log.push('default'), { b } = {}, [c] = [log.push('c')]) { log.push('body'); yield a + c }
const it = g(); log.push('called'); it.next()
try { (function* ({ x }) { })() } catch (e) { log.push(e.name) }
function* lazy() { log.push('never') }
lazy(); log.push('not started')
const o = { v: 'this', *m() { yield this.v; yield (() => this.v)(); yield arguments.length } }
log.push([...o.m(1, 2)].join())
class A { *[Symbol.iterator]() { yield* this.items() } *items() { yield 1; yield 2 } static *st() { yield this.name } }
log.push([...new A()].join(), [...A.st()].join())
function* closures() { for (let i = 0; i < 3; i++) yield () => i }
log.push([...closures()].map(f => f()).join())
function* hoist() { yield h(); function h() { return 'hoisted' } var x = 1; yield x; let y = x; yield () => y++ }
log.push([...hoist()].map(x => typeof x === 'function' ? x() : x).join())
function* args() { yield* arguments }
log.push([...args('a', 'b')].join())
console.log(log.join())
