const iterable = (values, where) => ({
  [Symbol.iterator]() {
    let i = 0
    return {
      next() { console.log('next ' + i); if (where === 'next' && i === 1) throw new Error('next failed'); return i < values.length ? { done: false, value: values[i++] } : { done: true } },
      return() { console.log('return'); return {} },
    }
  },
})
await Promise.all(iterable([1, 2])).then((v) => console.log(v.join()))
await Promise.all(iterable([1, 2], 'next')).catch((e) => console.log(e.message))
const saved = Promise.resolve
Promise.resolve = () => { throw new Error('resolve failed') }
await Promise.all(iterable([1, 2])).catch((e) => console.log(e.message))
Promise.resolve = 5
await Promise.all(iterable([1, 2])).catch((e) => console.log(e.name))
Promise.resolve = saved
