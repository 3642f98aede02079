const isEven = (n) => n === 0 ? true : isOdd(n - 1)
const isOdd = (n) => n === 0 ? false : isEven(n - 1)
console.log(isEven(10), isOdd(7), isEven(7))
function ping(n) { return n ? pong(n - 1) + 'i' : '' }
function pong(n) { return n ? ping(n - 1) + 'o' : '' }
console.log(ping(5))
