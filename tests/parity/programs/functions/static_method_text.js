// The keyword before a static method is no part of its text.
class C {
  static /* why */ m() { return 1 }
  static async *  g() { yield 1 }
  static get /* x */ x() { return 1 }
  static static() {}
  static async() {}
  static set x(v) {}
  static #p() {}
  static p() { return C.#p }
  async static() {}
  static [`com${'puted'}`]() {}
  static
  lined() {}
}
const x = Object.getOwnPropertyDescriptor(C, 'x')
for (const f of [C.m, C.g, x.get, x.set, C.static, C.async, C.p(), C.prototype.static, C.computed, C.lined]) console.log(String(f))
console.log(String({ static() {} }.static))
