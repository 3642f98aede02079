const out = []
const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
const say = (x) => (out.push(x), x)
const order = (f) => { out.length = 0; try { f() } catch (e) { out.push(e.message) } console.log(out.join(' | ')) }

// What is called is found first, the arguments follow, then what is no function throws.
let nothing, none = null, number = 5, text = 'abc', o = {}, list = [1, 2, 3]
order(() => nothing.push(say('a'))); order(() => none.push(say('a'))); order(() => number.push(say('a'))); order(() => o.push(say('a')))
order(() => text.push(say('a'))); order(() => list.get(say('a'))); order(() => o.a.b(say('a'))); order(() => o.run(say('a')))
order(() => o['run'](say('a'))); order(() => nothing(say('a'))); order(() => none(say('a'))); order(() => number(say('a'))); order(() => text(say('a')))
order(() => o[say('k')](say('a'))); order(() => new Map().push(say('a'))); order(() => new Set().get(say('a'))); order(() => (o.x)(say('a')))
const loud = { get x() { say('x'); return 1 }, get bad() { say('bad'); throw new Error('thrown') }, toString() { say('text'); return 't' }, valueOf() { say('value'); return 2 } }
order(() => nothing.push(loud.x)); order(() => o.push(loud.x)); order(() => list.push(loud.x)); order(() => none.has(loud.bad)); order(() => list.push(loud.bad))
order(() => o.push(`${loud}`)); order(() => o.push(loud + 1)); order(() => list.push(-loud)); order(() => nothing.join(`${loud}`))
order(() => o?.push(say('a'))); order(() => nothing?.push(say('a'))); order(() => o.push?.(say('a'))); order(() => o.a?.b.push(say('a')))
order(() => { ({ get push() { say('get'); return (x) => say('called ' + x) } }).push(say('arg')) })
order(() => { const xs = []; xs.push((xs.push = () => say('late'), 1)); say(xs.length); xs.push(2) })
order(() => { let xs = [1]; xs.push((xs = [7], 2)); say(xs.join()) })
order(() => { const m = new Map(); m.set('k', (m.set = () => say('late'), 1)); say(m.size); m.set(1) })
order(() => { const xs = []; xs.push((Object.freeze(xs), 1)) })

// Receivers that look like the usual ones.
t(() => { const xs = Object.freeze([1]); return xs.push(2) }); t(() => { const xs = [1]; xs.note = 'n'; return xs.push(2) + xs.note })
t(() => { class L extends Array { push(x) { return super.push(x, x) } } const l = new L(); return l.push(1) + ':' + l.join() })
t(() => { class M extends Map { get(k) { return 'mine ' + super.get(k) } } return new M([['a', 1]]).get('a') })
t(() => { class S extends Set { add(x) { return super.add(String(x)) } } return [...new S().add(1).add('1')].length })
t(() => { const m = new Map([['a', 1]]); m.get = (k) => 'own ' + k; return m.get('a') + m.has('a') })
t(() => { const m = new Map(); Object.setPrototypeOf(m, { get: () => 'other' }); return m.get('a') }); t(() => Object.setPrototypeOf([1, 2], { join: () => 'mine' }).join('-'))
t(() => { const m = new Map(); return [m.set(NaN, 1) === m, m.get(NaN), m.has(-0), m.set(-0, 'z').get(0), [...m.keys()].map((k) => Object.is(k, 0)).join()].join() })
t(() => { const m = new Map([[1, 'n'], ['1', 's'], [true, 'b']]); return [m.get(1), m.get('1'), m.get(true), m.get(1n), m.get(), m.has()].join() })
t(() => { const m = new Map(); m.set(); m.set('k'); return [m.size, m.has(undefined), m.get('k'), m.has()].join() }); t(() => { const s = new Set(); s.add(); s.add(undefined); return s.size + [...s].join() })
t(() => { const xs = []; xs.push(); return xs.length }); t(() => [1, 2, 3].includes()); t(() => [undefined].includes()); t(() => 'undefined'.includes()); t(() => 'abc'.slice() + 'abc'.slice(1) + 'abc'.slice(0, -1))
t(() => new String('abc').slice(1)); t(() => new Proxy([1, 2], {}).join('+')); t(() => new Proxy([1, 2], { get: (target, key) => key === 'join' ? () => 'trapped' : target[key] }).join('+'))
t(() => { const l = { push() { return arguments.length }, slice(...a) { return a.length } }; return [l.push(), l.push(1), l.slice(), l.slice(1), l.slice(1, 2), l.slice(1, 2, 3)].join() })
t(() => { const l = { get(a, b) { return [a, b, arguments.length].join() } }; return l.get('x') + ';' + l.get() + ';' + l.get('x', 'y') })
t(() => (5).slice(1)); t(() => true.trim()); t(() => (() => 1).map((x) => x)); t(() => Symbol('s').trim()); t(() => ({}).includes('a')); t(() => [].toLowerCase()); t(() => 'a'.map((x) => x))
t(() => [3, 1, 2].sort().join()); t(() => [3, 1, 2].sort((a, b) => b - a).join('')); t(() => [3, 1].sort('no')); t(() => [1, 2].map(undefined)); t(() => [1].reduce((a, b) => a + b)); t(() => [].reduce((a, b) => a + b)); t(() => [1, 2].reduce((a, b) => a + b, undefined))
t(() => [[1], [2, [3]]].flat().length + '-' + [[1], [2, [3]]].flat(Infinity).length); t(() => 'a-b-c'.split('-', 2).join()); t(() => 'aXbX'.replace('X', '$&$&') + 'aXbX'.replaceAll('X', () => '1')); t(() => 'abc'.at(-1) + [1, 2].at(-1)); t(() => [, 1].indexOf(undefined) + [1, , 2].join())
t(() => 'abc'.repeat(-1)); t(() => 'x'.padStart(3, 'ab') + 'x'.padEnd(3)); t(() => 'İ'.toLowerCase().length + 'ß'.toUpperCase()); t(() => '\u00a0\ufeff x \n'.trim().length); t(() => ['a', 'b'].concat('c', ['d']).join('') + 'a'.concat(1, null)); t(() => [1, 2, 3].slice(-2).join() + [1, 2, 3].lastIndexOf(3))
t(() => [...[1, 2].entries()].join(';') + [...new Map([[1, 2]]).entries()].join() + [...new Set([5]).values()].join() + [...[7].keys()].join()); t(() => { let n = ''; new Map([[1, 2]]).forEach((v, k) => { n += k + ':' + v }); new Set([3]).forEach((v) => { n += v }); [4].forEach((v, i) => { n += i }); return n })
t(() => [0, 1].filter(Boolean).length + ['1', '2'].map(Number).reduce((a, b) => a + b) + [1].map(String)[0])

// Methods that a script replaces, in every way there is.
const push = Array.prototype.push, get = Map.prototype.get, trim = String.prototype.trim, add = Set.prototype.add
const meanwhile = []
Array.prototype.push = function (...xs) { return 'patched ' + xs }
meanwhile[0] = [].push(1); meanwhile[1] = [].push(1, 2); meanwhile[2] = (() => { const xs = []; xs[xs.length] = 1; return xs.push('y') + xs.length })()
Array.prototype.push = push
console.log(meanwhile.join('; '))
t(() => { const xs = []; return xs.push(1) + xs.join() })
Object.defineProperty(Map.prototype, 'get', { get() { return (k) => 'getter ' + k }, configurable: true })
t(() => new Map([['a', 1]]).get('a')); t(() => new Map([['a', 1]]).has('a'))
Object.defineProperty(Map.prototype, 'get', { value: get, writable: true, configurable: true })
t(() => new Map([['a', 1]]).get('a'))
Reflect.set(String.prototype, 'trim', () => 'reflected'); t(() => ' a '.trim()); Object.assign(String.prototype, { trim }); t(() => ' a '.trim())
delete Set.prototype.add; t(() => new Set().add(1)); t(() => new Set([1])); Set.prototype.add = add; t(() => new Set([1]).add(2).size)
Object.prototype.shout = function () { return 'shout ' + this.length }; t(() => [1].shout()); t(() => 'ab'.shout()); delete Object.prototype.shout
try { null.push('a' in 'b') } catch (e) { console.log(e.message) } // what throws is no pure argument
try { null.push(1 instanceof 2) } catch (e) { console.log(e.message) }
