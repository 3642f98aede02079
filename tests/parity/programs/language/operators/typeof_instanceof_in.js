console.log([undefined, null, true, 1, 1n, 's', Symbol(), {}, [], () => { }, class { }, function* () { }, async () => { }, /x/, new Date(0), new Map()].map(x => typeof x).join())
console.log([] instanceof Array, [] instanceof Object, (() => { }) instanceof Function, Object.create(null) instanceof Object, 5 instanceof Number, 'a' instanceof String)
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0 } }
console.log(2 instanceof Even, 3 instanceof Even)
console.log('a' in { a: 1 }, 'b' in { a: 1 }, 0 in [1], 1 in [1], 'length' in [], 'toString' in {}, Symbol.iterator in [], '0' in ['x'], -1 in [1])
const o = { a: 1, b: { c: 2 } }
console.log(delete o.a, delete o.nope, delete o.b.c, JSON.stringify(o), 'a' in o)
const arr = [1, 2, 3]; delete arr[1]; console.log(arr.length, 1 in arr, arr.join())
try { delete Object.freeze({ x: 1 }).x } catch (e) { console.log(e.name, e.message) }
try { delete [].length } catch (e) { console.log(e.name, e.message) }
console.log(void 'x', typeof void 0, typeof typeof 1, !typeof 1, typeof null === 'object', typeof NaN)
console.log(delete 5, delete globalThis.nothing)
console.log(typeof Object(1n), typeof new Number(5), typeof Object('s'), new Number(5) + 1, new String('s') + '!', !!new Boolean(false))
