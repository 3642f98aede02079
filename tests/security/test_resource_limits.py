"""No script holds the machine: whatever it does at once is cut off in time, and what it keeps is bounded.

The limits here are small, so that each attempt meets them at once. Which of the two ends an attempt is not asserted where
both may: a script that grows without end may be cut off for its time first.
"""

from __future__ import annotations

import pytest
from attempts import run_attempt

from odw.runtime.resident import resident_bytes

TIME = "the script ran for 0.1 s without awaiting anything"
MEMORY = "MB of memory (ODW_SCRIPT_MEMORY_MB raises the limit)"
STACK = "Maximum call stack size exceeded"
FOREVER = "() => { for (;;); }"
SHARED = "let a = ['x']; for (let i = 0; i < 40; i++) a = [a, a];"  # 2^40 leaves, 41 arrays

ENDLESS = {
    "a loop": "for (;;);",
    "labels": "outer: for (;;) for (;;) continue outer",
    "finally": "try { for (;;); } catch {} finally { for (;;); }",
    "a finally that returns": "for (;;) try { for (;;); } finally { continue }",
    "recursion in finally": "const f = () => { try { f() } finally { f() } }; f()",
    "recursion in catch": "const f = () => { try { f() } catch { f() } }; f()",
    "recursion that is caught": "const f = () => f(); for (;;) try { f() } catch {}",
    "jobs": "const go = () => Promise.resolve().then(go); return go()",
    "microtasks": "const go = () => queueMicrotask(go); go(); return new Promise(() => {})",
    "twice the jobs at each turn": "const go = () => { queueMicrotask(go); queueMicrotask(go) }; go(); return new Promise(() => {})",
    "awaits": "for (;;) await null",
    "awaits in finally": "try { for (;;) await 0 } finally { for (;;) await 0 }",
    "async iteration": "for await (const x of (async function* () { for (;;) yield 1 })());",
    "thenables": "const t = { then(r) { r(u) } }, u = { then(r) { r(t) } }; return t",
    "a then": f"return {{ then: {FOREVER} }}",
    "an iterator": "return Math.max(...{ [Symbol.iterator]: () => ({ next: () => ({}) }) })",
    "Promise.all": "return Promise.all({ [Symbol.iterator]: () => ({ next: () => ({}) }) })",
    "a class": "class A { static { for (;;); } }",
    "a field": f"class A {{ x = ({FOREVER})() }} new A()",
    "a default": f"const {{ a = ({FOREVER})() }} = {{}}",
    "a comparator": f"[2, 1].sort({FOREVER})",
    "a sort": "const a = Array.from({ length: 20000 }, (_, i) => -i); for (;;) a.sort((x, y) => x - y).reverse()",
    "a replacer": f"'a'.replace(/a/, {FOREVER})",
    "a reviver": f"JSON.parse('[1]', {FOREVER})",
    "toJSON": f"JSON.stringify({{ toJSON: {FOREVER} }})",
    "a trap": f"Reflect.ownKeys(new Proxy({{}}, {{ ownKeys: {FOREVER} }}))",
    "a regular expression": "/^(a+)+$/.test('a'.repeat(40) + 'b')",
    "a lookahead": "/(?:(?=(a*))\\1)*b/.test('a'.repeat(1e5))",
    "a run in a long text": "/\\s*x/.test(' '.repeat(3e6))",
    "a run of alternatives": "/((a)|b)*x/.test('ab'.repeat(1e6))",
    "a run of a length": "/a{1000000,}x/.test('a'.repeat(2e6))",
    "matches": "for (const m of 'ab'.repeat(1e7).matchAll(/a/g));",
    "an array-like": "return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)",
    "an array-like joined": "return Array.prototype.join.call({ length: 2 ** 53 - 1 }, '')",
    "an array-like turned": "Array.prototype.reverse.call({ length: 2 ** 53 - 1 })",
    "an array that grows": "const a = [1]; for (const x of a) a.push(x)",
    "a set that moves": "const s = new Set([1]); for (const x of s) { s.delete(x); s.add(x + 1) }",
    "a BigInt": "let x = 3n; for (;;) x *= x",
    "a quotient": "return (7n ** 3000000n) / (3n ** 1000000n)",
    "a BigInt's digits": "return (1n << 30000000n).toString(3).length",
    "a BigInt's text": "return BigInt('9'.repeat(5e6)) % 7n",
    "JSON of what is shared": f"{SHARED} return JSON.stringify(a)",
    "flat of what is shared": f"{SHARED} return a.flat(Infinity)",
    "a text of what is shared": f"{SHARED} return String(a)",
    "a result that is shared": f"{SHARED} return a",
    "a log line that is shared": f"{SHARED} log(a)",
    "options that are shared": f"{SHARED} await agent('x', {{ schema: a }})",
    "a checkpoint that is shared": f"{SHARED} checkpoint('a', a)",
    "args that are shared": f"{SHARED} await workflow('x', a)",
    "equal strings": "const x = 'x'.repeat(1e7); return Array(1e5).fill(x + 'y').indexOf(x + 'z')",
    "equal strings in order": "const x = 'x'.repeat(1e7), a = x + 'a', b = x + 'b'; return Array.from({ length: 1e4 }, (_, i) => i % 3 ? a : b).sort()",
    "surrogates": "return encodeURIComponent('\\ud83d\\ude00'.repeat(4e6)).length",
    "a prompt": f"await agent({{ toString: {FOREVER} }})",
    "an option": "await agent('x', { get label() { for (;;); } })",
    "options": f"await agent('x', new Proxy({{}}, {{ ownKeys: {FOREVER} }}))",
    "a phase": f"phase({{ toString: {FOREVER} }})",
    "a log": f"log({{ toJSON: {FOREVER} }})",
    "console": "console.log({ get x() { for (;;); } })",
    "thunks": f"await parallel(new Proxy([], {{ get: {FOREVER} }}))",
    "a thunk": f"await parallel([{FOREVER}])",
    "a stage": f"await pipeline([1], {FOREVER})",
    "a path": "await workflow({ get scriptPath() { for (;;); } })",
    "a timer": f"setTimeout({FOREVER}, 1); await new Promise(() => {{}})",
    "a delay": f"setTimeout(() => 1, {{ valueOf: {FOREVER} }})",
    "a result": "return { get x() { for (;;); } }",
    "a reaction to an answer": f"await agent('x').then({FOREVER})",
    "an answer's then": "Object.defineProperty(Object.prototype, 'then', { get() { for (;;); } }); await agent('x', { schema: { type: 'object' } })",
    "a fan-out's then": "Object.defineProperty(Array.prototype, 'then', { get() { for (;;); } }); await parallel([() => 1])",
}  # fmt: skip

GROWING = {
    "an array": "const a = []; for (;;) a.push([a.length])",
    "a string": "const a = []; for (let i = 0; ; i++) a.push('x'.repeat(1e6) + i)",
    "a list": "class L { constructor(n) { this.n = n } }; let l; for (;;) l = new L(l)",
    "closures": "let f = () => 1; for (;;) { const g = f; f = () => g }",
    "a map": "const m = new Map(); for (let i = 0; ; i++) m.set(i, [i])",
    "names": "let f = () => 1; for (;;) f = f.bind()",
    "promises": "const ps = []; for (;;) ps.push(new Promise(() => {}))",
    "from one await to the next": "const a = []; for (let i = 0; ; i++) { a.push('x'.repeat(5e6) + i); await null; await agent('x' + i % 7) }",
}  # fmt: skip

AT_ONCE = {
    "repeat": "'x'.repeat(2 ** 29 - 24)",
    "padEnd": "''.padEnd(5e8, 'xyz')",
    "split": "'ab,'.repeat(2e7).split(',')",
    "JSON.parse": "JSON.parse('[' + '[],'.repeat(2e7) + '[]]')",
    "normalize": "'\\ufdfa'.repeat(1e7).normalize('NFKD')",
    "toUpperCase": "'\\u0390'.repeat(4e7).toUpperCase()",
    "an array": "Array(3e7).fill(0)",
    "a shift": "1n << 1073000000n",
    "a query": "new URLSearchParams('a=b&'.repeat(5e6))",
}

RANGE_ERRORS = {
    "'x'.repeat(2 ** 30)": "Invalid string length",
    "''.padStart(2 ** 29)": "Invalid string length",
    "'x'.repeat(-1)": "Invalid count value: -1",
    "new Array(2 ** 32)": "Invalid array length",
    "new Array(-1)": "Invalid array length",
    "[].length = 2 ** 32": "Invalid array length",
    "2n ** (2n ** 40n)": "Maximum BigInt size exceeded",
    "1n << (2n ** 40n)": "Maximum BigInt size exceeded",
    "BigInt.asUintN(2 ** 53 - 1, -1n)": "Maximum BigInt size exceeded",
    "(function f() { f() })()": STACK,
    "(() => { const f = async () => { await f() }; return f() })()": STACK,
    "[...(function* g() { yield* g() })()]": STACK,
    "(() => { const o = { get x() { return o.x } }; return o.x })()": STACK,
    "(() => { let d = []; for (let i = 0; i < 2e5; i++) d = [d]; return JSON.stringify(d) })()": STACK,
    "(() => { let d = []; for (let i = 0; i < 2e5; i++) d = [d]; return String(d) })()": STACK,
    "(() => { let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x })()": STACK,
}


def some_room(megabytes: int) -> int:
    """A ceiling for the process as it is now, with some room for a script."""
    return resident_bytes() // 2**20 + megabytes


@pytest.mark.parametrize("name", ENDLESS)
def test_what_does_not_end_is_cut_off(name: str) -> None:
    ran = run_attempt(ENDLESS[name], slice_s=0.1, memory_mb=some_room(400))
    assert TIME in ran.seen or MEMORY in ran.seen, ran
    assert ran.error.code == "slice_exceeded"


@pytest.mark.parametrize("name", GROWING)
def test_what_grows_without_end_is_cut_off(name: str) -> None:
    ran = run_attempt(GROWING[name], slice_s=20, memory_mb=some_room(40))
    assert MEMORY in ran.seen, ran


@pytest.mark.parametrize("name", AT_ONCE)
def test_a_large_piece_is_refused_before_it_is_taken(name: str) -> None:
    before = resident_bytes()
    ran = run_attempt(f"{AT_ONCE[name]}; return 1", slice_s=20, memory_mb=some_room(120))
    assert MEMORY in ran.seen, ran
    assert "attempt.js:3:" in ran.seen  # in the report: the line of the script
    assert resident_bytes() < before + 400 * 2**20


@pytest.mark.parametrize("expression", RANGE_ERRORS)
def test_what_v8_refuses_is_a_range_error(expression: str) -> None:
    body = f"try {{ await ({expression}) }} catch (e) {{ return [e instanceof RangeError, e.message] }}"
    assert run_attempt(body).ending == f'gives [true, "{RANGE_ERRORS[expression]}"]'


@pytest.mark.parametrize(
    "thrown", [f"{SHARED} throw a", "throw 'x'.repeat(1e8)", "throw new Error('x'.repeat(1e8))"]
)
def test_what_is_thrown_is_shown_cut(thrown: str) -> None:
    ran = run_attempt(thrown)
    assert ran.ending.startswith("throws ")
    assert len(ran.seen) < 50_000


def test_chains_of_any_length_are_let_go() -> None:
    for made in (
        "const g = f; f = () => g",
        "const g = f; f = new Map([[g, g]])",
        "f = new Proxy({}, f ?? {})",
        "const g = f; f = (async () => await g)()",
        "f = new Error('x', { cause: f })",
    ):
        assert (
            run_attempt(f"let f; for (let i = 0; i < 30000; i++) {{ {made} }} return 1").ending == "gives 1"
        )
