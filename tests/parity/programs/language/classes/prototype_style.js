function Animal(name) { this.name = name }
Animal.prototype.speak = function () { return this.name + ' speaks' }
Animal.create = (n) => new Animal(n)
function Dog(name) { Animal.call(this, name); this.tricks = [] }
Dog.prototype = Object.create(Animal.prototype)
Dog.prototype.constructor = Dog
Dog.prototype.speak = function () { return Animal.prototype.speak.call(this) + ' woof' }
const d = new Dog('Rex')
console.log(d.speak(), d instanceof Animal, d.constructor.name, Animal.create('Cat').speak())
console.log(Object.keys(d).join(), d.hasOwnProperty('speak'), 'speak' in d, Animal.prototype.isPrototypeOf(d))
const bound = d.speak.bind({ name: 'Bound' }), partial = ((a, b, c) => a + b + c).bind(null, 1, 2)
console.log(bound(), partial(3), bound.name, partial.length)
console.log(d.speak.call({ name: 'Called' }), d.speak.apply({ name: 'Applied' }, []), Math.max.apply(null, [1, 5, 2]))
const detached = d.speak
try { detached() } catch (e) { console.log(e.message) }
function Thing() { if (!(this instanceof Thing)) return new Thing(); this.ok = true }
console.log(new Thing().ok)
console.log((function () { return this })(), (function () { return typeof this }).call(5), (() => this)())
