const agent = 'a string', log = (x) => console.log('log:', x), phase = { title: 'p' }
log(agent + phase.title)
function parallel(xs) { return xs.map(f => f()) }
console.log(parallel([() => 1, () => 2]).join())
const run = (args) => { const { budget = 5 } = args; return budget }
console.log(run({}), run({ budget: 1 }))
{ const console = { log: () => { } }; console.log('hidden') }
const JSON_ = JSON; { const JSON = { stringify: () => 'fake' }; console.log(JSON.stringify({})) } console.log(JSON_.stringify({}))
const f = (Math) => Math.max; console.log(f({ max: 'mine' }), Math.max(1, 2))
const Promise_ = class Promise { static resolve() { return 'not a promise' } }; console.log(Promise_.resolve(), typeof Promise)
try { (() => { undefined_fn() })() } catch (e) { console.log(e.message) }
const undefinedLike = void 0; console.log(undefinedLike === undefined)
;((undefined) => console.log(undefined))('param named undefined')
;(() => { const NaN = 1, Infinity = 2; console.log(NaN + Infinity) })()
const meta = { a: 1 }; meta.a = 2; console.log(meta.a)
let workflow = 'w', input = 'i', cwd = 'c', odw = 'o', pipeline = 'p', checkpoint = 'k', args = [1]; console.log(workflow + input + cwd + odw + pipeline + checkpoint + args)
