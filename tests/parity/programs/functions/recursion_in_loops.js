// A function that a loop's body declares may call itself, and its neighbours, in each pass and afterwards.
for (let i = 0; i < 2; i++) {
  function f(a) {
    return [a, f.length, i]
  }
  console.log(f(1).join())
}
const kept = []
for (const x of [1, 2]) {
  function down(n) {
    return n ? down(n - 1) + x : x
  }
  function even(n) {
    return n === 0 ? x : odd(n - 1)
  }
  function odd(n) {
    return n === 0 ? -x : even(n - 1)
  }
  console.log(down(3), even(4), odd(4))
  kept.push(down, even, odd)
}
console.log(kept.map((g) => g(5)).join())
let n = 0
while (n++ < 2) {
  const step = n
  {
    console.log(walk({ v: 1, next: { v: 2 } }).join())
    function walk(node) {
      return node ? [node.v * step, ...walk(node.next)] : []
    }
    async function later(k) {
      return k > 0 ? (await later(k - 1)) + step : step
    }
    function* all(k) {
      yield k
      if (k > 0) yield* all(k - 1)
    }
    console.log(await later(3), [...all(3)].join())
  }
}
for (const x of ['a']) {
  function outer() {
    return () => outer.name + x
  }
  console.log(outer()())
}
for (let i = 0; i < 2; i++) {
  switch (i) {
    default:
      function pick(k) {
        return k ? pick(k - 1) : i
      }
      console.log(pick(2))
  }
}
