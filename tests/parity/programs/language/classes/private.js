class Account {
  #balance = 0
  static #count = 0
  #log = []
  constructor(b) { this.#balance = b; Account.#count++ }
  #check(n) { if (n > this.#balance) throw new RangeError('too much'); return true }
  get #total() { return this.#balance * 2 }
  set #total(v) { this.#balance = v / 2 }
  static #helper(a) { return a.#balance }
  withdraw(n) { this.#check(n); this.#balance -= n; this.#log.push(n); return this }
  double() { this.#total = this.#total + 10; return this.#total }
  static peek(a) { return Account.#helper(a) }
  static get count() { return this.#count }
  static has(o) { return #balance in o }
  bump() { return this.#balance++ + ++this.#balance }
  orAssign() { this.#log ??= 1; this.#balance ||= 5; return this.#log?.length }
  get self() { return this }
  chain(o) { return o?.#balance ?? 'none' }
  del() { const { ...copy } = this; return JSON.stringify(copy) }
}
const a = new Account(100)
a.withdraw(30)
console.log(Account.peek(a), a.double(), Account.count, Account.has(a), Account.has({}), a.bump(), Account.peek(a))
try { a.withdraw(1e9) } catch (e) { console.log(e.message) }
console.log(a.orAssign(), a.chain(a), a.chain(null), a.del(), Object.keys(a).length)
class B { #x = 1; read(o) { return o.#x } write(o) { o.#x = 2 } static call(o) { o.#m() } #m() { } get #ro() { return 1 } setRo() { this.#ro = 2 } setM() { this.#m = 1 } }
for (const f of [() => new B().read({}), () => new B().write({}), () => B.call({}), () => new B().setRo(), () => new B().setM()]) { try { f() } catch (e) { console.log(e.name, e.message) } }
class Outer { #v = 'outer'; inner() { return new (class { #v = 'inner'; both(o) { return this.#v + o.w() } })() } w() { return this.#v } }
const o = new Outer()
console.log(o.inner().both(o))
class Sub extends Account { #own = 'sub'; get own() { return this.#own + Account.peek(this) } }
console.log(new Sub(7).own, Account.count)
