// Where errors are made in many ways: each `say` keeps a name and the lines of a stack. generate_error_cases.mjs records what node says.
function at() { return new Error('m').stack.split('\n').slice(1) }
const out = []
const say = (name, stack) => out.push(name + '\n' + stack.join('\n'))
function plain() { return at() }
say('plain', plain())
const arrow = () => at()
say('arrow', arrow())
const o = { m() { return at() }, f: function () { return at() }, a: () => at(), get g() { return at() }, ['c' + 1]() { return at() }, [Symbol('s')]() { return at() } }
say('method', o.m()); say('function property', o.f()); say('arrow property', o.a()); say('computed', o.c1()); say('symbol', o[Object.getOwnPropertySymbols(o)[0]]())
class A { constructor(x) { if (x) this.s = at() } m() { return at() } static s() { return at() } #p() { return at() } p() { return this.#p() } get g() { return at() } f = at(); fa = () => at(); static async as() { await null; return at() } async am() { await null; return at() } }
class B extends A { constructor() { super(1) } m() { return super.m() } }
const a = new A(1), b = new B()
say('inherited', b.p())
say('map', [1].map(() => at())[0]); say('named map', [1].map(function each() { return at() })[0])
say('sort', (() => { let s; [2, 1].sort((x, y) => { s = at(); return 0 }); return s })())
say('forEach', (() => { let s; [1].forEach((x) => { s = at() }); return s })())
say('replace', (() => { let s; 'a'.replace(/a/, () => { s = at(); return '' }); return s })())
say('call', plain.call(null)); say('apply', plain.apply(null, [])); say('bind', plain.bind(null)()); say('Reflect', Reflect.apply(plain, null, []))
say('new function', new (function F() { this.s = at() })().s)
say('generator', [...(function* gen() { yield at() })()][0])
const asyncOne = async () => { await null; return at() }
async function asyncTwo() { return await asyncOne() }
async function asyncThree() { const x = await asyncTwo(); return x }
say('async arrow', await asyncOne()); say('async two', await asyncTwo()); say('async three', await asyncThree())
say('async static', await A.as()); say('async method', await a.am())
say('then', await Promise.resolve().then(() => at())); say('then named', await Promise.resolve().then(function onDone() { return at() }))
say('all', await Promise.all([asyncOne(), 1]).then((r) => r[0]))
async function viaAll() { const [s] = await Promise.all([asyncOne()]); return s }
say('via all', await viaAll())
say('executor', await new Promise((r) => r(at())))
say('iife', (function () { return at() })()); say('async iife', await (async () => { await 1; return at() })())
try { null.x } catch (e) { say('null', e.stack.split('\n').slice(1)) }
try { undefined.f() } catch (e) { say('call of undefined', e.stack.split('\n').slice(1)) }
try { (() => { JSON.parse('{') })() } catch (e) { say('JSON', e.stack.split('\n').slice(1)) }
try { nope } catch (e) { say('reference', e.stack.split('\n').slice(1)) }
try { [].reduce((x) => x) } catch (e) { say('reduce', e.stack.split('\n').slice(1)) }
try { (function rec() { rec() })() } catch (e) { say('deep', e.stack.split('\n').slice(2)) }
const c = {}; (function cap() { Error.captureStackTrace(c) })(); say('capture', c.stack.split('\n').slice(1))
const d = {}; (function outer() { (function inner() { Error.captureStackTrace(d, inner) })() })(); say('capture above', d.stack.split('\n').slice(1))
Error.stackTraceLimit = 2; say('limit', (function x() { return (function y() { return at() })() })()); Error.stackTraceLimit = 0; say('none', at()); Error.stackTraceLimit = 10
say('eval order', (() => [at(), at()])()[1])
