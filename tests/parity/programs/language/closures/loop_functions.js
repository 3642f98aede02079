const all = []
for (let i = 0; i < 2; i++) {
  const base = i * 10
  function helper(x) { return x + base + other() }
  function other() { return i }
  const rec = (n) => n === 0 ? base : rec(n - 1) + 1
  class Local { get() { return base + i } static make() { return new Local() } }
  all.push(() => helper(1), () => rec(3), () => Local.make().get(), { m() { return base } }.m, function named() { return typeof named + i })
}
console.log(all.map(f => f()).join())
