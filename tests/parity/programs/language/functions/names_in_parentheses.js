// A target in parentheses gives an anonymous function no name (8.4.5); any other does.
let a, b, c, d, e;
a = () => 1;
(b) = () => 1;
[c = () => 1] = [];
[(d) = () => 1] = [];
({ e = class {} } = {});
console.log([a, b, c, d, e].map((f) => JSON.stringify(f.name)).join(' '));
let g, h;
g ??= function () {};
(h) ??= function () {};
console.log(JSON.stringify(g.name), JSON.stringify(h.name));

// `delete super.x` evaluates the key, and refuses.
let key = 'unread';
const o = { go() { return delete super[(key = 'read')]; } };
try { o.go(); } catch (error) { console.log(error.name, key); }

// `super[key]` looks at `this` first.
class Base { constructor() { console.log('Base'); } }
class Derived extends Base { constructor() { super[super()]; } }
try { new Derived(); } catch (error) { console.log(error.name); }

let async;
for (\u0061sync of [7]);
console.log(async);
