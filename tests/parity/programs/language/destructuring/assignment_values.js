let a, b, c
console.log(JSON.stringify(({ a, b } = { a: 1, b: 2, z: 3 })))
console.log(JSON.stringify([a, b] = [7, 8, 9]), a, b)
a = b = c = 5
console.log(a, b, c)
const f = () => [a, b] = [b, a + 1]
f(); console.log(a, b)
const cond = true && ({ a, ...c } = { a: 'x', r: 1 })
console.log(a, JSON.stringify(c), JSON.stringify(cond))
const o = { m() { [this.p, this.q] = [1, 2]; return this.p + this.q } }
console.log(o.m())
let i = 0
const arr = []
;[arr[i++], arr[i++]] = ['zero', 'one']
console.log(arr.join(), i)
while (([a, b] = [b, i--]), i > 0) ;
console.log(a, b, i)
async function g() { let r; [r] = await Promise.resolve(['awaited']); const x = ({ r } = await { r: r + '!' }); return x.r + r }
console.log(await g())
function* h() { let x, y; ({ x = yield 'need x', y = yield 'need y' } = {}); return x + y }
const it = h(); console.log(it.next().value, it.next(1).value, it.next(2).value)
