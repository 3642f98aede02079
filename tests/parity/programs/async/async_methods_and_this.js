class Store {
  #items = new Map()
  static async create(...names) { const s = new Store(); for (const n of names) await s.put(n); return s }
  async put(name) { await null; this.#items.set(name, this.#items.size) ; return this }
  get = async (name) => { await null; return this.#items.get(name) }
  async *[Symbol.asyncIterator]() { for (const [k, v] of this.#items) yield k + '=' + v }
}
const s = await Store.create('a', 'b')
await (await s.put('c')).put('d')
const { get } = s
console.log(await get('c'))
for await (const line of s) console.log(line)
class Loud extends Store { async put(n) { console.log('putting ' + n); return await super.put(n.toUpperCase()) } }
const l = new Loud()
await l.put('x')
console.log(await l.get('X'))
