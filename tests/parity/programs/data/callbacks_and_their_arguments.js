// Callbacks of every shape on arrays of every length: who declares a parameter gets the argument.
const shown = (...args) => args.map((x) => (Array.isArray(x) ? `[${x.length}]` : String(x))).join('/')
for (const n of [3, 30]) {
  const xs = Array.from({ length: n }, (_, i) => i)
  const end = (r) => console.log(n, Array.isArray(r) ? r.slice(-2).join(' ') : r)
  for (const method of ['map', 'filter', 'forEach', 'some', 'every', 'find', 'findIndex', 'findLast', 'flatMap']) {
    const seen = []
    const ends = (f) => { end(xs[method](f)); end(seen.splice(0)) }
    ends(function () { seen.push(shown(...arguments)) })
    ends((...all) => { seen.push(shown(...all)); return true })
    ends((x, ...rest) => { seen.push(shown(x, ...rest)) })
    ends((x) => { seen.push(shown(x)); return x })
    ends((x, i) => { seen.push(shown(x, i)); return i % 2 })
    ends((x, i, all) => { seen.push(shown(x, i, all)); return [x, i] })
    ends((x, i = 'none', all = 'none', more = 'none') => { seen.push(shown(x, i, all, more)) })
    ends(({ a } = {}, { b } = {}) => { seen.push(shown(a, b)) })
    ends(() => { seen.push('none') })
    ends(function () { seen.push(shown(this === undefined)) })
    ends(((x, i, all) => { seen.push(shown(x, i, all)) }).bind(1))
    ends(async (x, i) => { seen.push(shown(x, i)) })
    ends(function* (x, i) { seen.push(shown(x, i)) })
  }
  for (const method of ['reduce', 'reduceRight']) {
    end(xs[method]((a, x) => a + x, 0)); end(xs[method]((a, x, i) => a + i, '')); end(xs[method]((a, x, i, all) => a + all.length, 0))
    end(xs[method](function () { return arguments.length }, 0)); end(xs[method]((...all) => shown(...all), 0)); end(xs[method]((a) => a + 1, 0)); end(xs[method]((a, x) => a + x))
  }
  end(xs.map(String)); end(xs.map(Number)); end(xs.map((x) => '1'.repeat(x % 5 + 1)).map(parseInt)); end(xs.map(Math.max)); end(xs.filter(Boolean)); end(xs.map(Object)); end(xs.map(Array)); end(xs.map(Array.of).map((a) => a.length))
  end(Array.from({ length: n }, function () { return arguments.length })); end(Array.from(xs, (...all) => shown(...all)))
  end(xs.map(function (x) { return this.k + x }, { k: 1 }))
  end(xs.map((..._) => _.length)); end(xs.map((x, ..._) => _.length)); end(xs.map(function (_) { return arguments.length + _ })); end(xs.map((_, __) => _ + __)); end(xs.map((_ = 1, ...__) => __.length))
}
// What a callback does to the array meanwhile.
const fresh = () => Array.from({ length: 12 }, (_, i) => i)
for (const change of [(o, x) => { if (x == 3) o.length = 6 }, (o, x) => { if (x == 3) delete o[5] }, (o, x) => { if (x == 3) o.push(99) }, (o, x) => { if (x == 3) Object.freeze(o) }, (o, x) => { if (x == 3) Object.defineProperty(o, 7, { get: () => 'got' }) }, (o, x) => { if (x == 3) { o[14] = 1 } }, (o, x) => { if (x == 3) o.splice(0, 2) }, (o, x) => { if (x == 3) Object.setPrototypeOf(o, { 6: 'six' }), delete o[6] }]) {
  for (const method of ['map', 'filter', 'some', 'every', 'find', 'findLast', 'flatMap']) {
    const o = fresh(); const seen = []
    const made = Array.prototype[method].call(o, (x) => { seen.push(x); change(o, x); return method == 'every' || (method == 'map' ? x : x === -1) })
    console.log(method, seen.join(), String(made), o.length)
  }
  const o = fresh(); const seen = []; Array.prototype.forEach.call(o, (x) => { seen.push(x); change(o, x) }); console.log(seen.join())
  const p = fresh(); console.log(String(Array.prototype.reduce.call(p, (a, x) => { change(p, x); return a + ' ' + x }, '')))
}
// Array.from of bare lengths.
const bare = { length: 4 }; console.log(Array.from(bare, (x, i) => { bare[i + 1] = i; return x }).join())
const gone = { length: 4 }; console.log(Array.from(gone, (x, i) => { delete gone.length; gone[3] = 'three'; return x }).join())
const heir = { length: 4 }; console.log(Array.from(heir, (x, i) => { if (i == 1) Object.setPrototypeOf(heir, { 2: 'two' }); return x }).join())
console.log(Array.from({ length: 3 }).join(), Array.from({ length: '2' }, () => 1).join(), Array.from({ length: 3, 1: 'one' }, (x) => x).join())
Object.prototype[1] = 'inherited'; console.log(Array.from({ length: 3 }, (x) => x).join()); delete Object.prototype[1]
