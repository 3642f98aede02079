const v = (x) => (console.log('start ' + x), Promise.resolve(x))
console.log((await v(1)) + (await v(2)) * (await v(3)))
console.log([await v('a'), ...(await v(['b', 'c'])), await v('d')].join())
console.log({ [await v('k')]: await v('w') }.k)
console.log(`${await v('x')}-${await v('y')}`)
const o = { async m(a, b) { return this.n + a + b }, n: 10 }
console.log(await o.m(await v(1), await v(2)))
console.log((await v(null)) ?? (await v('fallback')), (await v(0)) || (await v('or')), (await v(1)) && (await v('and')))
console.log((await v(true)) ? await v('yes') : await v('no'))
let s = 'a'
s += await v('b')
console.log(s)
