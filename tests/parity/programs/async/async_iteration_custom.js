const source = (n, log) => ({
  [Symbol.asyncIterator]() {
    let i = 0
    return {
      next() { console.log('next'); return i < n ? { value: i++, done: false } : Promise.resolve({ value: 'end', done: true }) },
      return(v) { console.log('return ' + v); return Promise.resolve({}) },
    }
  },
})
for await (const x of source(2)) console.log('value ' + x)
for await (const x of source(3)) { if (x === 1) break; console.log('value ' + x) }
try { for await (const x of source(3)) throw new Error('body') } catch (e) { console.log(e.message) }
const f = async () => { for await (const x of source(3)) return 'returned ' + x }
console.log(await f())
