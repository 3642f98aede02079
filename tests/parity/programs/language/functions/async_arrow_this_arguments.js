class S {
  v = 'V'
  async run(...xs) { const r = []; await Promise.all(xs.map(async (x) => { await null; r.push(this.v + x + arguments.length) })); return r.join() }
  later() { return (async () => (await this.run('l')) + arguments[0])() }
  static async make(v) { const s = new this(); s.v = v; return s }
  get lazy() { return async () => this.v }
}
const s = await S.make('W')
console.log(await s.run('a', 'b'), await s.later('arg'), await s.lazy())
async function outer() { const inner = async () => [this, arguments.length, typeof new.target]; return (await inner()).map(String).join() }
console.log(await outer(1, 2), await outer.call('T'))
const o = { async *g() { yield this.x; yield* (async function* () { yield typeof this })() }, x: 'gx' }
for await (const v of o.g()) console.log(v)
console.log(await (async (a, { b } = {}, ...c) => [a, b, c.length].join())(1, { b: 2 }, 3, 4))
