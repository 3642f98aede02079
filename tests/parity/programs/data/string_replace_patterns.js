console.log('abcabc'.replace('b', '[$&]'), 'abc'.replace('b', '$$'), 'abc'.replace('b', "$`|$'"), 'abc'.replace('b', '$1$0$'))
console.log('abcabc'.replaceAll('b', '<$&>'), 'aXbXc'.replaceAll('X', (m, i, s) => `(${m}${i}${s.length})`))
console.log('abc'.replaceAll('', '-'), 'abc'.replace('', '-'), ''.replaceAll('', 'x'), 'aaa'.replaceAll('aa', 'b'))
console.log('price: $5'.replace('$5', '$$10'), 'a.b.c'.replaceAll('.', '\\.'), 'x'.replace('x', () => '$&'))
console.log('abc'.replace('b', undefined), 'abc'.replace('b', null), 'a1b'.replace(1, 2), 'undefined!'.replace(undefined, 'u'))
console.log('John Smith'.replace(/(\w+)\s(\w+)/, '$2, $1'), 'aaa'.replace(/a/g, (m, i) => i), '2020-01-02'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y>'))
console.log('abc'.replace(/(b)(x)?/, '[$1|$2|$3|$10|$11]'), 'abc'.replaceAll(/[a-c]/g, (c) => c.charCodeAt(0)))
console.log('a\nb'.replace('\n', '\\n'), 'tel: 555-1234'.replace(/\d/g, '#'), 'camelCaseString'.replace(/([A-Z])/g, '_$1').toLowerCase())
console.log('snake_case_here'.replace(/_(\w)/g, (_, c) => c.toUpperCase()), 'Hello World'.replace(/o/gi, '0'))
const custom = { [Symbol.replace]: (s, r) => `custom(${s},${r})`, [Symbol.split]: (s, l) => [s, l, 'split'], [Symbol.search]: () => 42, [Symbol.match]: () => 'matched', [Symbol.matchAll]: () => ['all'], flags: 'g' }
console.log('s'.replace(custom, 'r'), 's'.split(custom, 3).join(), 's'.search(custom), 's'.match(custom), 's'.matchAll(custom).join())
console.log('s'.replace({ toString: () => 's' }, 't'), 's'.search('s'), 'a+b'.match('a+b'), 'aab'.match('a+b')[0])
try { 'a'.replaceAll(/a/, '') } catch (e) { console.log(e.name, e.message) }
try { 'a'.matchAll(/a/) } catch (e) { console.log(e.name, e.message) }
try { 'a'.matchAll({ [Symbol.match]: true }) } catch (e) { console.log(e.name, e.message) }
try { 'a'.startsWith(/a/) } catch (e) { console.log(e.name, e.message) }
try { 'a'.replace({ [Symbol.replace]: 5 }, '') } catch (e) { console.log(e.name) }
const re = /a/
re[Symbol.match] = false
console.log('/a/'.includes(re), [...'a1b22'.matchAll(/\d+/g)].map((m) => m[0] + '@' + m.index).join())
console.log('one, two;three'.split(/[,;]\s*/).join('|'), 'a1b2'.split(/(\d)/).join('|'), 'abc'.split(/(?:)/).join('|'), 'x'.split(/x/).length)
console.log('$'.repeat(3).replaceAll('$', '$$$$'), 'a$b'.split('$').join('+'))
