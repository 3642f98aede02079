const log = (...v) => console.log(v.map((x) => JSON.stringify(x)).join(' '))
const a = [1, 2, 3]; let reads = 0
Object.defineProperty(a, 1, { get() { reads++; return 'g' + reads }, set(v) { log('set', v) }, enumerable: true, configurable: true })
log(a.map((x) => x), a.slice(), a.concat([4]), a.join(), [...a], a.indexOf('g6'), a.includes('g1'), reads); a[1] = 'w'; log(a.reverse(), a.length); log(a.fill(0), Object.getOwnPropertyDescriptor(a, 0).value)
const f = Object.freeze([3, 1, 2]); log(f.slice().sort(), f.toSorted(), f.map((x) => x + 1), f.filter((x) => x > 1), f.concat(9), [...f, 4], f.with(0, 7), f.toSpliced(0, 1), f.toReversed(), f.at(-1), f.reduce((x, y) => x + y), f.flatMap((x) => [x, x]), f.includes(2), f.join('/'), Object.isFrozen(f.slice()), f.entries().next().value)
const s = Object.seal([1, 2]); s[0] = 9; log(s, Object.isSealed(s), Object.isFrozen(s)); try { s.push(3) } catch (e) { log(e.message) } try { s.pop() } catch (e) { log(e.message) }
const n = Object.preventExtensions([1, 2]); n[0] = 5; n.pop(); log(n, Object.isExtensible(n)); try { n[5] = 1 } catch (e) { log(e.message) } try { n.unshift(0) } catch (e) { log(e.message) }
const hidden = [1, 2, 3]; Object.defineProperty(hidden, 1, { enumerable: false }); log(Object.keys(hidden), hidden, hidden.map((x) => x), hidden.filter(() => true), { ...hidden }, Object.entries(hidden).length); for (const k in hidden) log(k)
const ro = [1, 2, 3]; Object.defineProperty(ro, 0, { writable: false }); try { ro[0] = 5 } catch (e) { log(e.message) } try { ro.sort((x, y) => y - x) } catch (e) { log(e.message, ro) } try { ro.shift() } catch (e) { log(e.message) }
const named = [1]; named.tag = 'x'; named[Symbol('s')] = 1; log(Object.keys(named), named.tag, named, named.slice().tag, Object.getOwnPropertySymbols(named).length, 'tag' in named.map((x) => x), named.length)
const proto = Object.setPrototypeOf([1, 2], { __proto__: Array.prototype, extra() { return this.length } }); log(proto.extra(), proto.map((x) => x * 2), Array.isArray(proto), proto.concat(3)); const bare = Object.setPrototypeOf([1, 2], null); log(bare.length, bare.map === undefined, Array.prototype.map.call(bare, (x) => x), Array.isArray(bare))
const big = []; big[10] = 'x'; log(big.length, big.indexOf('x'), Object.keys(big), big.filter(() => true), big.findIndex((x) => x), big.flat()); big.length = 0; log(big)
const nest = JSON.parse('[[1,[2]],{"a":[3]}]'); nest[0][1].push(4); nest[1].a.unshift(0); log(nest, structuredClone(nest), nest.flat(5).length)
