// Fields are initialised once `this` is bound: 13.3.7.1. A second super() builds a parent and throws before them.
let parents = 0;
let fields = 0;
class Base { constructor() { parents += 1; } }
class Derived extends Base {
  field = (fields += 1);
  #secret = fields;
  constructor(again) {
    super();
    if (again) {
      try { (() => super())(); } catch (error) { console.log(error.name, error.message, parents, fields); }
    }
  }
  secret() { return this.#secret; }
}
console.log(new Derived(false).secret(), parents, fields);
console.log(new Derived(true).secret(), parents, fields);

class Late extends Base {
  seen = this instanceof Late;
  constructor() {
    for (const part of ['a', 'b']) if (part === 'b') super();
  }
}
console.log(JSON.stringify(new Late()));
class Inherits extends Derived { own = this.secret(); }
console.log(new Inherits().own, fields);
