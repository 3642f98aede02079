const after = async (n, v) => { for (let i = 0; i < n; i++) await 0; return v }
console.log(await Promise.race([after(3, 'three'), after(1, 'one'), after(2, 'two')]))
console.log(await Promise.race([after(1, 'promise'), 'value']))
console.log(await Promise.race([after(5, 'slow'), Promise.reject('fast')]).catch((e) => 'caught ' + e))
let won = false
Promise.race([]).then(() => { won = true })
for (let i = 0; i < 5; i++) await 0
console.log(won)
