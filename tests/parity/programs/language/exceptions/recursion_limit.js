function loop() { return loop() + 1 }
try { loop() } catch (e) { console.log(e instanceof RangeError, e.name, e.message) }
let depth = 0
const dive = () => { depth++; dive() }
try { dive() } catch (e) { console.log(e.name, depth > 500) }
const sum = (n) => n === 0 ? 0 : n + sum(n - 1)
console.log(sum(3000))
const o = { get x() { return this.x } }
try { o.x } catch (e) { console.log(e.message) }
class A { toString() { return `${this}` } }
try { String(new A()) } catch (e) { console.log(e.message) }
