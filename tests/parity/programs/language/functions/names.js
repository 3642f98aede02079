const a = () => { }, b = function () { }, c = class { }, d = async () => { }, e = function* () { }, { f = () => { } } = {}, [g = function () { }] = []
let h; h = () => { }
const o = { i: () => { }, j() { }, 'k l': () => { }, [`m${1}`]: () => { }, [Symbol('sym')]: function () { }, get n() { return 1 }, o: class { }, async p() { }, *q() { }, 5: () => { }, r: (0, () => { }), s: function named() { } }
console.log([a, b, c, d, e, f, g, h].map(x => x.name).join())
console.log(Object.getOwnPropertyNames(o).map(k => typeof o[k] === 'function' ? o[k].name : '-').join(), o[Object.getOwnPropertySymbols(o)[0]].name)
console.log((() => { }).name === '', (function () { }).name === '', (class { }).name === '')
