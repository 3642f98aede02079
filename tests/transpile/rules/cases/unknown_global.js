export const meta = { name: 'case', description: 'A case.' }
const review = async x => agent(x)
log(revew(1)) //~ ODW209: `revew` is not declared
await paralel([]) //~ ODW209
count = 1 //~ ODW209: assigned but never declared
if (args.never) helper() //~ ODW209
log(typeof helper, typeof helper.x, review)
if (typeof extra === 'function') extra()
label: for (const key in args) { if (key) continue label }
const { a: b = 1, ...rest } = { a: 1, key: 2 }
log(b, rest, undefined, NaN, Infinity, globalThis.anything, queueMicrotask, structuredClone, Intl, URL)
function usesArguments() { return arguments.length + hoisted() + new.target }
function hoisted() { return 1 }
log(usesArguments(), input, cwd, odw, pandacode, fanout, checkpoint, promptSlot, meta, budget, pipeline, workflow)
