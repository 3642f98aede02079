console.log(typeof undefined, typeof nothingHere, typeof NaN, typeof Infinity, typeof globalThis)
try { nothingHere } catch (e) { console.log(e.name, e.message) }
try { nothingHere = 1 } catch (e) { console.log(e.name, e.message) }
try { nothingHere() } catch (e) { console.log(e.name, e.message) }
try { nothingHere.x } catch (e) { console.log(e.name, e.message) }
globalThis.made = 5
console.log(made, typeof made)
made = 6
console.log(globalThis.made)
delete globalThis.made
console.log(typeof made)
console.log(undefined === void 0, NaN !== NaN, Infinity > 1e308)
console.log(typeof this, this)
