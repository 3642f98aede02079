"""What ECMA-262 has and Node 20 has not, or does otherwise: programs with the lines that the specification gives."""

from __future__ import annotations

import pytest
from parity_harness import run_program

PROGRAMS = {
    "a sync iterator is closed when its value is rejected": (
        """
        const sync = () => ({
          [Symbol.iterator]: () => ({
            next: () => ({ value: Promise.reject(new Error('bad')), done: false }),
            return() { console.log('closed'); return {} },
          }),
        })
        try { for await (const x of sync()) console.log(x) } catch (e) { console.log(e.message) }
        const it = (async function* () { yield* sync() })()
        await it.next().catch((e) => console.log(e.message))
        """,
        ["closed", "bad", "closed", "bad"],
    ),
    "a sync iterator that is done is not closed when its value is rejected": (
        """
        const last = { next: () => ({ value: Promise.reject(new Error('last')), done: true }), return() { console.log('closed') } }
        const it = (async function* () { yield* { [Symbol.iterator]: () => last } })()
        await it.next().catch((e) => console.log(e.message))
        """,
        ["last"],
    ),
    "a sync iterator without throw is closed and the caller told": (
        """
        const plain = { next: () => ({ value: 1 }), return() { console.log('closed'); return {} } }
        const it = (async function* () { yield* { [Symbol.iterator]: () => plain } })()
        await it.next()
        await it.throw(new Error('mine')).catch((e) => console.log(e.name, e.message))
        """,
        ["closed", "TypeError The iterator does not provide a 'throw' method"],
    ),
    "Array.fromAsync looks each method up once and closes what it leaves": (
        """
        const log = []
        const items = {
          get [Symbol.asyncIterator]() { log.push('async?') },
          get [Symbol.iterator]() {
            log.push('sync?')
            return () => ({ next: () => ({ value: Promise.resolve(2), done: false }), return() { log.push('closed'); return {} } })
          },
        }
        await Array.fromAsync(items, () => { throw new Error('mapper') }).catch((e) => log.push(e.message))
        console.log(log.join())
        console.log((await Array.fromAsync({ length: 2, 0: Promise.resolve('a'), 1: 'b' }, (v, i) => v + i)).join())
        await Array.fromAsync({ length: 2 ** 33 }).catch((e) => console.log(e.message))
        """,
        ["async?,sync?,closed,mapper", "a0,b1", "Invalid array length"],
    ),
    "take and drop count no further than the safe integers": (
        """
        const closing = () => ({ __proto__: Iterator.prototype, next: () => ({}), return() { console.log('closed'); return {} } })
        for (const limit of [2 ** 53, -1, NaN, undefined]) {
          try { closing().take(limit) } catch (e) { console.log(e.name) }
        }
        console.log([1, 2].values().drop(2 ** 53 - 1).toArray().length, [1, 2].values().take(Infinity).toArray().length)
        """,
        ["closed", "RangeError"] * 4 + ["0 2"],
    ),
    "Iterator.concat opens each iterable in its turn": (
        """
        const noisy = (name, n) => ({
          *[Symbol.iterator]() { console.log('open ' + name); try { for (let i = 0; i < n; i++) yield name + i } finally { console.log('end ' + name) } },
        })
        const all = Iterator.concat(noisy('a', 1), [], noisy('b', 3))
        for (const x of all) { console.log(x); if (x === 'b1') break }
        console.log(all.next().done)
        try { Iterator.concat([1], 'text') } catch (e) { console.log(e.name) }
        Iterator.concat({ [Symbol.iterator]() { console.log('never') } }).return()
        """,
        ["open a", "a0", "end a", "open b", "b0", "b1", "end b", "true", "TypeError"],
    ),
    "Iterator.zip in its three modes": (
        """
        const rows = (options) => [...Iterator.zip([[1, 2, 3], 'ab', new Set(['x'])].map((v) => Iterator.from(v)), options)].map((r) => r.join(':')).join(' ')
        console.log(rows(), '|', rows({ mode: 'longest', padding: ['p', 'q'] }))
        try { rows({ mode: 'strict' }) } catch (e) { console.log(e.name) }
        console.log([...Iterator.zip([[1], [2]], { mode: 'strict' })].join('/'))
        for (const bad of [[5], [[], { mode: 'other' }], [[], { mode: 'longest', padding: 1 }], [['text']]]) {
          try { Iterator.zip(...bad); console.log('no') } catch (e) { console.log(e.name) }
        }
        """,
        ["1:a:x | 1:a:x 2:b: 3:q:", "TypeError", "1,2"] + ["TypeError"] * 4,
    ),
    "Iterator.zip closes the others, the last first, and what threw not": (
        """
        const it = (name, steps) => ({
          next() { if (!steps--) throw new Error(name + ' failed'); return { value: name, done: false } },
          return() { console.log('close ' + name); return {} },
          [Symbol.iterator]() { return this },
        })
        try { for (const row of Iterator.zip([it('a', 9), it('b', 1), it('c', 9)])) console.log(row.join('')) } catch (e) { console.log(e.message) }
        Iterator.zip([it('d', 1), it('e', 1)]).return()
        """,
        ["abc", "close c", "close a", "b failed", "close e", "close d"],
    ),
    "Iterator.zipKeyed makes objects without a prototype": (
        """
        const rows = [...Iterator.zipKeyed({ a: [1, 2], b: ['x'], skipped: undefined }, { mode: 'longest', padding: { b: '-' } })]
        console.log(JSON.stringify(rows), Object.getPrototypeOf(rows[0]))
        """,
        ['[{"a":1,"b":"x"},{"a":2,"b":"-"}] null'],
    ),
    "getOrInsert and getOrInsertComputed": (
        """
        const m = new Map([['a', 1]])
        console.log(m.getOrInsert('a', 5), m.getOrInsert('b', 2), m.getOrInsertComputed(-0, (k) => Object.is(k, 0)), [...m].join(' '))
        m.getOrInsertComputed('c', () => { m.set('c', 'early'); m.set('d', 1); return 'late' })
        console.log([...m].join(' '))
        const w = new WeakMap(), key = {}
        console.log(w.getOrInsertComputed(key, (k) => k === key), w.getOrInsert(key, 'other'), w.get(key))
        for (const act of [() => w.getOrInsert(1, 2), () => m.getOrInsertComputed(1), () => m.getOrInsert.call(w, 1)]) {
          try { act() } catch (e) { console.log(e.name) }
        }
        """,
        ["1 2 true a,1 b,2 0,true", "a,1 b,2 0,true c,late d,1", "true true true"] + ["TypeError"] * 3,
    ),
    "Error.isError asks the object, not its prototype": (
        """
        class Mine extends RangeError {}
        console.log([new Mine(), new AggregateError([]), Object.create(Error.prototype), new Proxy(new Error(), {}), 'e'].map(Error.isError).join())
        """,
        ["true,true,false,false,false"],
    ),
    "Promise.try": (
        """
        console.log(await Promise.try((a, b) => a + b, 1, 2))
        await Promise.try(() => { throw new Error('at once') }).catch((e) => console.log(e.message))
        """,
        ["3", "at once"],
    ),
}


@pytest.mark.parametrize("title", PROGRAMS)
def test_as_the_specification_says(title: str) -> None:
    text, lines = PROGRAMS[title]
    assert run_program(text, "newer.js") == lines
