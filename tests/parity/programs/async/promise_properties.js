console.log(Promise.name, Promise.length, Promise.resolve.length, Promise.all.name, Promise.prototype.then.length, Promise.prototype.finally.name)
console.log(Object.prototype.toString.call(Promise.resolve()), String(Promise.resolve()))
console.log(Object.getOwnPropertyNames(Promise.prototype).sort().join())
const d = Object.getOwnPropertyDescriptor(Promise, Symbol.species)
console.log(typeof d.get, d.set, d.enumerable, d.configurable, d.get.name)
console.log(Object.keys(Promise.resolve(1)).length, JSON.stringify(Promise.resolve(1)), typeof Promise.resolve(1))
const af = async () => {}
console.log(Object.prototype.toString.call(af), af.constructor.name, Object.getPrototypeOf(af.constructor) === Function, 'prototype' in af)
try { new af() } catch (e) { console.log(e.message) }
