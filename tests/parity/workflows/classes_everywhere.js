// An orchestration written with classes: inheritance, private state, accessors, statics, symbols.
export const meta = { name: 'classes-everywhere', description: 'Stages as classes' }

class Stage {
  static #made = 0
  static registry = new Map()
  static { this.registry.set('base', this.name) }
  #results = []
  constructor(name) { this.name = name; this.id = ++Stage.#made; new.target.registry.set(name, new.target.name) }
  get results() { return [...this.#results] }
  set results(list) { this.#results = list.map(String) }
  async run(items) {
    for (const item of items) this.#results.push(await this.step(item))
    return this
  }
  step(item) { return agent(`${this.describe()} ${item}`, { label: `${this.name}/${item}` }).then((t) => `${item}:${t.length > 0}`) }
  describe() { return `[${this.name} #${this.id}]` }
  static get made() { return Stage.#made }
  static of(...names) { return names.map((n) => new this(n)) }
  *[Symbol.iterator]() { yield* this.#results }
  toString() { return `Stage(${this.name})` }
  has(x) { return #results in x }
}
class Loud extends Stage {
  mark = '!'.repeat(this.id)
  describe() { return super.describe().toUpperCase() + this.mark }
  async step(item) { return (await super.step(item)) + this.mark }
  get [Symbol.toStringTag]() { return 'Loud' }
  toJSON() { return { loud: this.name, results: this.results } }
}
const [plan, build] = Stage.of('plan', 'build')
const loud = new Loud('ship')
await plan.run(['a', 'b'])
await Promise.all([build.run(['c']), loud.run(['d', 'e'])])
build.results = [1, null, { a: 1 }]
const mixin = (Base) => class extends Base { extra() { return `${this.name}+` } }
const mixed = new (mixin(Loud))('mix')
const { run } = plan
let detached
try { await run(['x']) } catch (e) { detached = e.constructor.name }
let abstract
try { Stage() } catch (e) { abstract = e.message }
log(`${plan} ${Object.prototype.toString.call(loud)}`)
return { made: Stage.made, registry: [...Stage.registry], plan: [...plan], build: build.results, loud, extra: mixed.extra(), detached, abstract, has: [plan.has(loud), plan.has({})], chain: loud instanceof Stage, keys: Object.keys(loud), proto: Object.getOwnPropertyNames(Stage.prototype) }
