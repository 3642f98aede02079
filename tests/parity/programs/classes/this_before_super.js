// `this` of a derived constructor is its own from the first parameter on, whatever function stands around the class.
const t = (name, f) => {
  try {
    console.log(name, String(f.call({ outer: true })))
  } catch (e) {
    console.log(name, `${e.name}: ${e.message}`)
  }
}
t('no super, write', function () { class B extends Object { constructor() { this.x = 1 } } return new B() })
t('no super, return this', function () { class B extends Object { constructor() { return this } } return new B() })
t('no super, arrow', function () { class B extends Object { constructor() { return (() => this)() } } return new B() })
t('no super, nothing', function () { class B extends Object { constructor() {} } return new B() })
t('no super, object', function () { class B extends Object { constructor() { return { own: 1 } } } return JSON.stringify(new B()) })
t('no super, number', function () { class B extends Object { constructor() { return 1 } } return new B() })
t('no super, super.x', function () { class B extends Object { constructor() { super.x } } return new B() })
t('argument of super', function () { class B extends Object { constructor() { super(this) } } return new B() })
t('default before', function () { class B extends Object { constructor(a = this) { super() } } return new B() })
t('default arrow before', function () { class B extends Object { constructor(f = () => this) { f(); super() } } return new B() })
t('super in an arrow', function () {
  class B extends Object { constructor() { const f = () => super(); f(); this.a = 1 } }
  return [JSON.stringify(new B()), this.outer]
})
t('super in a default', function () {
  class B extends Object { constructor(f = () => super()) { f(); this.a = 1 } }
  return [JSON.stringify(new B()), this.outer]
})
t('twice by a default', function () {
  class B extends Object { constructor(f = () => super()) { f(); f() } }
  return new B()
})
t('only on one path', function () {
  class B extends Object { constructor(yes) { if (yes) super(); this.a = yes } }
  return [JSON.stringify(new B(1)), new B(0)]
})
