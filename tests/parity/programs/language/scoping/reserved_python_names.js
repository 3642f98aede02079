const list = [1, 2, 3], dict = { a: 1 }, str = 's', lambda = 3, def = 4, None = 5, True = 6, get = (o) => o, put = 1
const print = (...a) => console.log(a.join(' ')), len = (a) => a.length, self = 'me', pass = 7, not = 8, is = 9, and = 10, or = 11
const undefined_ = 'u', truthy = false, t = 't', t2 = 't2', it = 'it', exc = 'exc', jump = 0, _ = 'underscore', __ = 'two', $ = 'dollar', $$ = 'dd', _this = 'this?', new_target = 1
print(list.length, dict.a, str, lambda, def, None, True, get('g'), put, len(list), self, pass, not, is, and, or)
print(undefined_, truthy, t, t2, it, exc, jump, _, __, $, $$, _this, new_target)
const fn = (_, i) => `${_}${i}`
print([7, 8].map(fn))
const call = (f) => f(), arrow = () => 'arrow!', add = (a, b) => a - b, iterate = 4, spread = [1]
print(call(arrow), add(5, 3), iterate, ...spread)
class type { int() { return 'int' } }
print(new type().int())
const load_global = 'lg', JSObject = 'jso', thrown_value = 'tv', SCRIPT_ERRORS = 'se', halting = 'h', Cell = 'c', nonlocal = 'nl', global = 'gl', async = 'as', workflow = 'wf', main = 'm'
print(load_global, JSObject, thrown_value, SCRIPT_ERRORS, halting, Cell, nonlocal, global, async, workflow, main)
try { throw new Error('x') } catch (exc) { print(exc.message) } finally { print(halting) }
