// structuredClone, URL, dates with arguments, JSON with replacers.
export const meta = { name: 'structured-data', description: 'Copies, addresses, dates, JSON' }

const original = { date: new Date(Date.UTC(2024, 1, 29, 12, 30)), map: new Map([['k', { v: [1] }]]), set: new Set(['x']), re: /a+/gi, list: [1, , 3] }
original.self = original
const copy = structuredClone(original)
copy.map.get('k').v.push(2)
const clones = [copy !== original, copy.self === copy, copy.date.getTime() === original.date.getTime(), original.map.get('k').v.length, copy.set.has('x'), String(copy.re), 1 in copy.list]
const url = new URL('../c/d.html?x=1&y=%C3%BC&x=3#frag', 'https://user:pw@example.com:8443/a/b/?old#f')
url.searchParams.append('z', 'a b&c')
url.searchParams.delete('y')
const address = [url.href, url.host, url.pathname, url.searchParams.getAll('x'), [...url.searchParams].length, url.origin, url.hash]
const dates = [new Date('2024-03-10T10:00:00Z').toISOString(), new Date(2024, 0, 31).getMonth(), new Date('2024-01-31').getDay(), Date.UTC(2000, 0), new Date(0).toJSON(), isNaN(new Date('nope')), new Date(8.64e15 + 1).getTime(), new Date('2024-12-25T08:00:00+02:00').getUTCHours(), Date.parse('2024-02-30T00:00:00Z')]
const d = new Date(Date.UTC(2023, 11, 31))
d.setUTCDate(d.getUTCDate() + 1)
const days = Math.round((new Date('2024-03-01') - new Date('2024-02-01')) / 86_400_000)
const json = [
  JSON.stringify({ b: 1, a: [undefined, NaN, () => 1, Symbol()], u: undefined, d: new Date(0), n: null, i: -0 }),
  JSON.stringify({ a: 1, b: { c: 2, a: 3 } }, ['a', 'b']),
  JSON.stringify([1, { x: [] , y: {} }], null, 2),
  JSON.stringify({ k: 'v', secret: 1 }, (key, value) => (key === 'secret' ? undefined : value), '--'),
  JSON.stringify('\ud800 \u2028'),
]
const revived = JSON.parse('{"when":"2024-01-01","n":[1,2,{"m":3}],"__proto__":{"x":1}}', function (key, value) { return typeof value === 'number' ? value * 10 : value })
const clashes = Object.entries({ 2: 'b', 1: 'a', z: 1, [-1]: 'neg', '01': 'str' })
const answer = await agent('Describe', { label: 'describe', schema: { type: 'object', required: ['when', 'ratio'], properties: { when: { type: 'string' }, ratio: { type: 'number', minimum: 0, maximum: 1 } } } })
log(JSON.stringify(answer))
return { clones, address, dates, next: d.toISOString().slice(0, 10), days, json, revived, own: Object.hasOwn(revived, '__proto__'), clashes, answer }
