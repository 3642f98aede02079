export const meta = { name: 'case', description: 'A case.' }
log(eval('1')) //~ ODW105: eval() makes code
log((0, eval)('1')) //~ ODW105
const run = new Function('x', 'return x') //~ ODW105
log(Function('return 1')()) //~ ODW105
const F = Function
log(new F('1'), run) //~ ODW105
log(Function.apply(null, ['1'])) //~ ODW105
log(args instanceof Function, Function.prototype.call.name, typeof eval)
