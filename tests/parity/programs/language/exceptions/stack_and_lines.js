function thrower() {
  const o = {}
  o.missing.deep()
}
try { thrower() } catch (e) { console.log(e.stack.split('\n')[0], e.stack.includes('thrower')) }
const e = new Error('here'); console.log(typeof e.stack, e.stack.startsWith('Error: here'), Object.keys(e).length, 'stack' in e)
class X extends Error { constructor() { super('x msg'); Object.setPrototypeOf(this, X.prototype) } } console.log(new X().stack.split('\n')[0], String(new X()))
const err = new Error('m'); err.name = 'Custom'; console.log(String(err), err.toString(), `${err}`, err + '')
console.log(Object.prototype.hasOwnProperty.call(err, 'message'), new Error().hasOwnProperty('message'), new Error(undefined).message === '', new Error(null).message, new Error(5).message)
console.log(JSON.stringify(new Error('x')), JSON.stringify({ e: new TypeError('t') }), Object.entries(new Error('y')).length)
const wrap = (f) => { try { return f() } catch (c) { throw new Error('wrapped: ' + c.message, { cause: c }) } }
try { wrap(() => wrap(() => { throw new RangeError('root') })) } catch (x) { let s = []; for (let c = x; c; c = c.cause) s.push(c.message); console.log(s.join(' <- ')) }
console.log(new TypeError('a') instanceof Error, TypeError.prototype.name, Error.prototype.toString.call({ name: 'N', message: 'M' }), Object.getPrototypeOf(TypeError) === Error)
