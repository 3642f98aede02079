export const meta = { name: 'case', description: 'A case.' }
log(Math.random()) //~ ODW102: Math.random() differs
const { random, floor } = Math //~ ODW102
log(floor(random()))
const M = Math
log(M.random(), M.floor(1.5)) //~ ODW102: through a constant
log(Math['random']()) //~ ODW102
log(Math[`random`]()) //~ ODW102
log(crypto.randomUUID()) //~ ODW102: crypto is a source of random values
const { getRandomValues } = crypto //~ ODW102
log(globalThis.Math.random.call(null), getRandomValues) //~ ODW102
args.sort(() => Math.random() - 0.5) //~ ODW102
const roll = (source = Math.random) => source() //~ ODW102
const pick = { by: Math.random } //~ ODW102
log(roll(), pick)
