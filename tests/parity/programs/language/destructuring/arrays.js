const [a, , b = 5, [c, d] = [1, 2], ...rest] = [1, 2, undefined, undefined, 'r1', 'r2']
console.log(a, b, c, d, rest.join())
let x = 1, y = 2, z = 3
;[x, y] = [y, x]
console.log(x, y)
;[x, y, z] = [z, x, y]
console.log(x, y, z)
const arr = [0, 0]
;[arr[1], arr[0]] = ['first', 'second']
console.log(arr.join())
const [m, n] = 'hi', [s1] = new Set([9]), [[k, v]] = new Map([['key', 'val']])
console.log(m, n, s1, k, v)
const [e1, e2 = 'd', e3] = []
console.log(e1, e2, e3)
const [...all] = [1, 2], [h, ...[i, ...j]] = [1, 2, 3, 4]
console.log(all.length, h, i, j.join())
const [{ p, q = p }, [r]] = [{ p: 'P' }, ['R']]
console.log(p, q, r)
const swap = (l, i, j) => { [l[i], l[j]] = [l[j], l[i]]; return l }
console.log(swap([1, 2, 3], 0, 2).join())
function fib(n) { let [a, b] = [0, 1]; for (let i = 0; i < n; i++) [a, b] = [b, a + b]; return a }
console.log(fib(30))
const [, second] = 'a-b-c'.split('-')
console.log(second)
for (const [i, { name }] of [{ name: 'A' }, { name: 'B' }].entries()) console.log(i, name)
const [fn = () => 'dflt', cls = class { }] = []
console.log(fn.name, cls.name, fn())
let u, w
const value = ([u, w = 10] = [5])
console.log(u, w, value.length)
console.log(([u] = [8]) && u)
