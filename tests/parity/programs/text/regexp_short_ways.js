// Strings and regular expressions together, as they come and after somebody has prepared something.
const text = 'file-12.test a-1.b, ünï-3.x'
const use = (why) => {
  console.log(why)
  const tries = [
    () => text.replace(/(\w+)-(\d+)\.(\w+)/g, (m, a, b) => b + a), () => text.replace(/(\w+)-(\d+)/g, (m) => `<${m}>`), () => text.replace(/(\w)-(\d)/g, (...all) => all.length + ':' + all.slice(0, 4).join()),
    () => text.replace(/(\w)-(x)?(\d)/g, (m, a, b, c) => `${a}${b}${c}`), () => text.replace(/\d/g, function () { return arguments.length }), () => text.replace(/\d/g, (m, at) => at), () => text.replace(/\d/g, (m, at, all) => all.length), () => text.replace(/(?<n>\d)/g, (m, n, at, all, groups) => groups.n),
    () => text.replace(/\d/, (m) => undefined), () => text.replace(/\d/g, () => ({ toString: () => 'T' })), () => text.replace(/x*/g, '_'), () => text.replace(/x*/g, () => '_'), () => text.replace(/\d+/y, '_'), () => text.replace(/f/gy, '_'), () => text.replace(/-/g, '$&$&$$'), () => text.replace(/-/g, { toString: () => '+' }), () => text.replace(/-/g), () => text.replace(/-/g, null), () => 'a'.replace(/a/, String), () => 'aXbX'.replace(/X/g, Number),
    () => String(text.match(/\d+/g)), () => String(text.match(/(\w)-(\d)/g)), () => String(text.match(/(\w)-(\d)/)), () => text.match(/nothing/g), () => text.match(/nothing/), () => String(text.match(/z*/g)), () => String(text.match(/f/gy)), () => text.match(/-(?<n>\d)/).groups.n,
    () => [...text.matchAll(/(\w)-(\d)/g)].map((m) => m.index + m[1] + m[2]).join(), () => [...text.matchAll(/z*/g)].length, () => [...text.matchAll(/z/)], () => [...'a.b'.matchAll('.')].length, () => text.split(/[-.,]\s*/).join('|'), () => text.split(/(-)/, 3).join('|'), () => text.search(/\d/), () => text.replaceAll(/\d/g, (d) => d * 2), () => text.replaceAll(/\d/, ''), () => /\d/.test(text), () => /\d/g.exec(text).index,
  ]
  for (const f of tries) { try { console.log(String(f())) } catch (e) { console.log(e.name, e.message) } }
}
use('as they come')
const kept = /\d/g; kept.lastIndex = 7; console.log([...text.matchAll(kept)].length, kept.lastIndex); console.log(text.replace(kept, '#'), kept.lastIndex); kept.lastIndex = 3; console.log(text.match(kept).length, kept.lastIndex); console.log(text.replace(kept, () => kept.lastIndex++), kept.lastIndex)
const nested = text.replace(/\w+/g, (w) => w.replace(/[aeiou]/g, (v) => v.toUpperCase() + 'xyz'.replace(/y/, w.length))); console.log(nested)
const once = /\d/g; const own = /\d/g; own.exec = (s) => null; console.log(text.replace(own, '#') === text, text.match(own), [...text.matchAll(own)].length)
const flagged = /\d/; Object.defineProperty(flagged, 'flags', { value: 'g' }); console.log([...text.matchAll(flagged)].length)
class Mine extends RegExp { exec(s) { const r = super.exec(s); if (r) r[0] = r[0] + '!'; return r } } console.log(text.replace(new Mine('f', ''), '[$&]'), text.match(new Mine('\\d', 'g')).join(), [...text.matchAll(new Mine('\\d', 'g'))].join())
const frozen = Object.freeze(/\d/g); for (const f of [() => text.replace(frozen, '#'), () => text.match(frozen), () => [...text.matchAll(frozen)].length]) { try { console.log(f()) } catch (e) { console.log(e.message) } }
const index = /\d/g; index.lastIndex = { valueOf() { console.log('valueOf'); return 0 } }; console.log([...text.matchAll(index)].length)
const changes = /\d/g; console.log(text.replace(changes, { toString() { changes.exec = () => null; return '!' } }) === text)
const wrapped = new String('a1b2'); console.log(wrapped.replace(/\d/g, '#'), wrapped.match(/\d/g).join(), [...wrapped.matchAll(/\d/g)].join(), String.prototype.replace.call(12, /\d/g, (d) => d + d)); for (const f of [() => String.prototype.match.call(null, /x/), () => String.prototype.replace.call(undefined, /x/), () => String.prototype.matchAll.call(null, /x/g)]) { try { f() } catch (e) { console.log(e.message) } }
console.log('a,b'.split(',').join('|'), ','.split(',').length, ''.split(',').length, 'abc'.split('').join('|'), 'a,b,c'.split(',', 2).join('|'), 'a,b'.split(undefined).length, 'a,b'.split(',', undefined).length, 'anullb'.split(null).join(), 'a1b'.split(1).join(), 'abc'.split('abc').join('|'))
const species = Object.getOwnPropertyDescriptor(RegExp, Symbol.species); Object.defineProperty(RegExp, Symbol.species, { get() { console.log('species'); return RegExp }, configurable: true }); console.log([...text.matchAll(/\d/g)].length, text.split(/-/).length); Object.defineProperty(RegExp, Symbol.species, species)
const { exec } = RegExp.prototype; RegExp.prototype.exec = new Proxy(RegExp.prototype.exec, { apply: (f, self, args) => (once.count = (once.count ?? 0) + 1, Reflect.apply(f, self, args)) }); use('with a watched exec'); console.log(once.count); RegExp.prototype.exec = exec
const { matchAll } = String.prototype; String.prototype.matchAll = () => ['mine']; console.log(text.matchAll(/x/g)[0]); String.prototype.matchAll = matchAll
const replace = RegExp.prototype[Symbol.replace]; RegExp.prototype[Symbol.replace] = () => 'replaced'; console.log(text.replace(/x/g, '')); RegExp.prototype[Symbol.replace] = replace; console.log(text.replace(/-/g, ''))
