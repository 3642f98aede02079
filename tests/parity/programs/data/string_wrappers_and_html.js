const s = new String('abc')
console.log(typeof s, s == 'abc', s === 'abc', s.length, s[1], s + 'd', [...s].join('-'), Object.keys(s).join(), JSON.stringify(s), JSON.stringify({ s }), s instanceof String, 'abc' instanceof String)
console.log(JSON.stringify(Object.getOwnPropertyDescriptors(new String('ab'))), '0' in s, 5 in s, s.hasOwnProperty('length'), Object.getOwnPropertyNames(s).join())
s.extra = 1; console.log(Object.keys(s).join(), s.extra, s.valueOf() === 'abc', s.toString() === 'abc', Object.prototype.toString.call(s), Object('x') instanceof String)
const t = (f) => { try { console.log(f()) } catch (e) { console.log(`${e.name}: ${e.message}`) } }
t(() => { s[0] = 'z' }); t(() => { s.length = 9 }); t(() => delete s[0]); t(() => { 'abc'.x = 1 }); t(() => Object.defineProperty(s, 0, { value: 'q' })); t(() => Object.defineProperty(s, 0, { value: 'a' })[0]); t(() => { s[7] = 'far'; return Object.keys(s).join() })
console.log('a'.anchor('x"y'), 'b'.big(), 'c'.blink(), 'd'.bold(), 'e'.fixed(), 'f'.fontcolor('red'), 'g'.fontsize(7), 'h'.italics(), 'i'.link('u?a="b"'), 'j'.small(), 'k'.strike(), 'l'.sub(), 'm'.sup(), 'n'.link())
class Str extends String { shout() { return this.toUpperCase() + '!' } }
const sub = new Str('hey'); console.log(sub.shout(), sub.length, sub instanceof Str, sub instanceof String, `${sub}`, sub.slice(1).constructor.name, Str.fromCharCode(65), JSON.stringify([sub]))
console.log(Object.getOwnPropertyNames(String.prototype).sort().join()); console.log(Object.getOwnPropertyNames(String).sort().join())
for (const n of Object.getOwnPropertyNames(String.prototype).sort()) if (typeof String.prototype[n] === 'function' && n !== 'constructor') console.log(n, String.prototype[n].length, String.prototype[n].name)
console.log(String.prototype.trimLeft === String.prototype.trimStart, String.prototype.length, String.prototype == '', Object.getPrototypeOf('') === String.prototype, 'x'.constructor === String, String.length, String.name)
String.prototype.shout = function () { return typeof this + this + '!' }; console.log('x'.shout()); delete String.prototype.shout
Number.prototype.double = function () { return this * 2 }; console.log((5).double(), 5..double()); delete Number.prototype.double
console.log('abc'.length.toString().length, 'abc'['length'], 'abc'['1'], 'abc'['01'], 'abc'[-1], 'abc'.nope, '' [0], 'ab'.hasOwnProperty(0), Object.entries('hi').join('|'), { ...'ab' }[1], [...new String('é')].length)
