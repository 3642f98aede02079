const p = (s, r) => { try { console.log(JSON.stringify(JSON.parse(s, r))) } catch (e) { console.log(`${e.name}: ${e.message}`) } }
for (const s of ['{"a":[1,2,{"b":null}],"c":"x"}', ' [ 1 , 2 ] ', '"\\u0041\\n\\"\\/"', '1', '-0', '1.0', '1e3', '-1.5E-2', 'true', 'null', '[]', '{}', '{"a":1,"a":2}', '{"b":1,"a":2,"10":3,"9":4}', '"\\ud83d\\ude00"', '"\\ud83d"', '12345678901234567890', '0.1', '1e400', '123456789.123', '{"__proto__":1,"constructor":2}', '{"":{"":""}}', '"\u2028\u2029"', '"\x7f"', '\t\n\r 1 \t']) p(s)
for (const s of ['', ' ', '{', '[', '{"a"', '{"a":', '{"a":1', '{"a":1,', '[1', '[1,', '"abc', 'tru', 'nul', '-', '1.', '1e', '01', '+1', '.5', "{'a':1}", '{a:1}', '{"a":1,}', '[1,]', '[,1]', '{"a" 1}', '{"a":1 "b":2}', '[1 2]', '1 2', '{}x', 'x', 'undefined', 'NaN', 'Infinity', '[object Object]', '"\\x"', '"\\u12g4"', '"a\nb"', '"\t"', '\u00a01', '// c\n1', '/* c */ 1', '{"a":undefined}', '{"a":NaN}', '[1,2', '{"a":[}', '}', ']', '"', '\\', "'a'", '`a`', '{"a":1}}', '0x10', '1_000', '--1', '1..2', '[1,2,3', '{"a":{"b":{"c":', '"\ud83d']) p(s)
for (const s of ['Here is the JSON: {"a":1}', '```json\n{"a": 1}\n```', '{"findings": [{"title": "x", "severity": high}]}', '{"text": "line one\nline two"}', '{"a": 1, // comment\n "b": 2}', '{"items": ["one", "two", "three",]}', '{"key": "value" "other": 1}', '{"nested": {"deep": {"deeper": tru}}, "more": 1}', '{"long": "' + 'x'.repeat(100) + '", oops}', '[' + '1,'.repeat(50) + '}', '{"emoji": "😀", bad}', '<!DOCTYPE html><html></html>', 'I cannot do that', '{"a":1}\n{"b":2}', "{'single': 'quotes'}", '{"a": "unterminated}', '[1,2,3]]', '{"a":"\\q"}', '\ufeff{"bom":1}']) p(s)
p('{"a":1,"b":[1,2,{"c":3}],"d":"x"}', (k, v) => (typeof v === 'number' ? v + 1 : v))
p('{"a":1,"b":2,"c":[1,2]}', (k, v) => (k === 'b' || k === '0' ? undefined : v))
p('[1,2,3]', function (k, v) { return Array.isArray(this) ? `${k}=${v}` : v })
p('5', (k, v) => [k, v]); p('{"x":{"y":1}}', () => undefined); p('{"d":"2020-01-01"}', (k, v) => (k === 'd' ? new Date(v).getTime() : v))
const order = []
JSON.parse('{"a":{"b":1,"c":[2]},"d":3,"1":4}', (k, v) => { order.push(k); return v })
console.log(order.join())
p('{"a":1}', 'not a function'); p('[1,{"a":2}]', (k, v) => { if (k === 'a') throw new Error('reviver'); return v })
for (const v of [null, undefined, 12, true, [1], ['"a"'], {}, { toString: () => '{"from":"object"}' }, 1n]) p(v)
try { JSON.parse(Symbol()) } catch (e) { console.log(`${e.name}: ${e.message}`) }
const o = JSON.parse('{"__proto__":{"polluted":1}}')
console.log(o.polluted, Object.keys(o).join(), {}.polluted, Object.getPrototypeOf(o) === Object.prototype)
console.log(Object.is(JSON.parse('-0'), -0), JSON.parse('1e1000'), JSON.parse('9007199254740993'), JSON.parse('0.1e1'), JSON.parse('100000000000000000000000'))
let n = '0'; for (let i = 0; i < 5000; i++) n = '[' + n + ']'
let d = JSON.parse(n), depth = 0; while (Array.isArray(d)) { d = d[0]; depth++ } console.log(depth)
console.log(JSON.stringify(JSON.parse(JSON.stringify({ a: [1, { b: 'é😀' }], t: '\\ "q" \n' }))), JSON.parse.length, JSON.stringify.length, JSON[Symbol.toStringTag])
const big = JSON.parse('[' + Array.from({ length: 2000 }, (_, i) => `{"id":${i},"v":${i / 4},"s":"n${i}"}`).join(',') + ']')
console.log(big.length, big[1999].id, big.reduce((a, x) => a + x.v, 0), big.filter((x) => x.s.endsWith('7')).length)
