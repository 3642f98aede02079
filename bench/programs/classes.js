class P { #x; constructor(x) { this.#x = x; this.y = x } get x() { return this.#x } add(o) { return new P(this.x + o.x) } }
class Q extends P { add(o) { return super.add(o) } }
function main() { let p = new Q(0); const one = new P(1); for (let i = 0; i < 8000; i++) { p = new Q(p.add(one).x) } return p.x }
