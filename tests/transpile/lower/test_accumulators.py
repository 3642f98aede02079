"""Appending to a string copies none of it, wherever the string is kept; and what is kept is right whatever happens meanwhile."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from odw.ecma.abstract_ops.generator_operations import start_async
from odw.ecma.realm import activate
from odw.ecma.values import undefined
from odw.transpile.driver import compile_script
from odw.transpile.emit import load
from odw.transpile.source import Source

SIZE = 1 << 22
LINEAR = {
    "a local": "let s = ''; s += 'x'.repeat(n); for (let i = 0; i < 20; i++) s += 'yz'; return s.length",
    "a sum": "let s = ''; s += 'x'.repeat(n); for (let i = 0; i < 20; i++) s = s + i + 'z'; return s.length",
    "a template": "let s = ''; s += 'x'.repeat(n); for (let i = 0; i < 20; i++) s = `${s}${i},`; return s.length",
    "a variable that closures share": "let s = ''; s += 'x'.repeat(n); [...'abcdefghij'].forEach((c) => (s += c)); return s.length",
    "a variable of unknown type": "let s = 'x'.repeat(n); for (let i = 0; i < 20; i++) s += `${i}`; return s.length",
    "a template of unknown type": "let s = 'x'.repeat(n); for (let i = 0; i < 20; i++) s = `${s}${i}`; return s.length",
    "a property": "const o = {s: 'x'.repeat(n)}; for (let i = 0; i < 20; i++) o.s += i; return o.s.length",
    "a property's sum": "const o = {s: 'x'.repeat(n)}; for (let i = 0; i < 20; i++) o.s = o.s + i; return o.s.length",
    "a property's template": "const o = {s: 'x'.repeat(n)}; for (let i = 0; i < 20; i++) o.s = `${o.s}${i}`; return o.s.length",
    "a computed property": "const o = {s: 'x'.repeat(n)}, k = 's'; for (let i = 0; i < 20; i++) o[k] += i; return o.s.length",
    "an element": "const xs = ['x'.repeat(n)]; for (let i = 0; i < 20; i++) xs[0] += i; return xs[0].length",
    "an instance": "class A { out = 'x'.repeat(n); add(x) { this.out += x } } const a = new A(); for (let i = 0; i < 20; i++) a.add(i); return a.out.length",
    "a private field": "class A { #s = 'x'.repeat(n); add(x) { this.#s += x } get n() { return this.#s.length } } const a = new A(); for (let i = 0; i < 20; i++) a.add(i); return a.n",
}


def main_of(body: str) -> Any:
    """The function ``(n) => …`` with this body."""
    realm = activate()
    text = (
        f"export const meta = {{ name: 'b', description: 'b' }}\nfunction main(n) {{ {body} }}\nreturn main\n"
    )
    namespace = load(compile_script(Source(text, "case.js")))
    promise = start_async(namespace["workflow"]())
    realm.jobs.run_all()
    return promise.value


def peak(main: Any) -> float:
    """The most memory that a call with a string of ``SIZE`` takes, in strings of that size."""
    for _ in range(4):
        main.call(undefined, 100)  # CPython specialises the code
    tracemalloc.start()
    try:
        assert main.call(undefined, SIZE) > SIZE
        return tracemalloc.get_traced_memory()[1] / SIZE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("body", LINEAR.values(), ids=LINEAR)
def test_appending_copies_nothing(body: str) -> None:
    assert peak(main_of(body)) < 1.5


def test_a_copy_would_be_seen() -> None:
    assert (
        peak(main_of("let s = 'x'.repeat(n); for (let i = 0; i < 20; i++) s = 'y' + s; return s.length"))
        > 1.9
    )
