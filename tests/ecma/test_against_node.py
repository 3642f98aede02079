"""Seeded random values, thousands at a time, on which the library and node must agree to the last character.

ODW_TEST_SCALE multiplies the number of them where it says so: 10 makes 10^5 doubles of ``test_number_texts``.
"""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import struct
import subprocess
from typing import Any

import pytest

from odw.ecma import collation, elementary, hyperbolic, json_text, number_format, trigonometry
from odw.ecma.abstract_ops.exponentiation import number_power
from odw.ecma.abstract_ops.number_text import number_to_string
from odw.ecma.abstract_ops.type_conversion import from_host_string
from odw.ecma.completion import JsThrow
from odw.ecma.realm import activate

SCALE = int(os.environ.get("ODW_TEST_SCALE", "1"))

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not on PATH"),
]


def node(expression: str, data: Any) -> Any:
    """The value of a JavaScript expression over ``data``."""
    program = (
        "const data = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        f"process.stdout.write(JSON.stringify({expression}))"
    )
    run = subprocess.run(
        ["node", "-e", program], input=json.dumps(data), capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def random_double(r: random.Random) -> float:
    kind = r.randrange(6)
    if kind == 0:
        x: float = struct.unpack("d", struct.pack("Q", r.getrandbits(64)))[0]
        return x if math.isfinite(x) else 0.0
    if kind == 1:
        return r.uniform(-1000, 1000)
    if kind == 2:
        return r.randint(-(10**6), 10**6) / 2 ** r.randint(0, 12)
    if kind == 3:
        return r.randint(-(10**17), 10**17) / 10 ** r.randint(0, 20)
    if kind == 4:
        return round(r.uniform(-100, 100), 2)
    return float(r.randint(-(2**70), 2**70))


def test_number_texts() -> None:
    r = random.Random(1)
    cases = [
        (random_double(r), r.randint(0, 25), r.randint(1, 40), r.choice([2, 3, 7, 8, 16, 19, 36]))
        for _ in range(10_000 * SCALE)
    ]
    expected = node(
        "data.map(([t, f, p, r]) => { const x = Number(t);"
        " return [String(x), x.toFixed(f), x.toExponential(f), x.toExponential(), x.toPrecision(p), x.toString(r)] })",
        [(repr(x), f, p, radix) for x, f, p, radix in cases],
    )
    for (x, digits, precision, radix), (text, fixed, exponential, shortest, precise, in_radix) in zip(
        cases, expected, strict=True
    ):
        assert number_to_string(x) == text
        if abs(x) < 1e21:
            assert number_format.to_fixed(x, digits) == fixed
        assert number_format.to_exponential(x, digits) == exponential
        assert number_format.to_exponential(x, None) == shortest
        assert number_format.to_precision(x, precision) == precise
        assert number_format.to_radix(x, radix) == in_radix


FUNCTIONS = {
    "exp": (elementary.exp, -50, 50),
    "log": (elementary.log, 1e-9, 1e6),
    "log2": (elementary.log2, 1e-9, 1e3),
    "log10": (elementary.log10, 1e-9, 1e6),
    "cbrt": (elementary.cbrt, 1e-9, 1e6),
    "expm1": (hyperbolic.expm1, -20, 50),
    "log1p": (hyperbolic.log1p, -0.999, 100),
    "sinh": (hyperbolic.sinh, -30, 30),
    "cosh": (hyperbolic.cosh, -30, 30),
    "tanh": (hyperbolic.tanh, -5, 5),
    "asinh": (hyperbolic.asinh, -1e3, 1e3),
    "acosh": (hyperbolic.acosh, 1, 1e3),
    "atanh": (hyperbolic.atanh, -1, 1),
    "sin": (trigonometry.sin, -1e6, 1e6),
    "cos": (trigonometry.cos, -1e3, 1e3),
    "tan": (trigonometry.tan, -100, 1e5),
    "asin": (trigonometry.asin, -1, 1),
    "acos": (trigonometry.acos, -1, 1),
    "atan": (trigonometry.atan, -50, 50),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_elementary_functions(name: str) -> None:
    function, low, high = FUNCTIONS[name]
    r = random.Random(2)
    xs = [r.uniform(low, high) * r.choice([1, 1, 1e-3] if low <= 0 else [1]) for _ in range(4000)]
    expected = [float(y) for y in node(f"data.map(Math.{name})", xs)]
    assert [function(x) for x in xs] == expected


def test_powers() -> None:
    r = random.Random(3)
    pairs = [(r.uniform(0, 50), r.uniform(-30, 30)) for _ in range(3000)]
    expected = [float(y) for y in node("data.map(([x, y]) => x ** y)", pairs)]
    assert [float(number_power(x, y)) for x, y in pairs] == expected


SEEDS = (
    '{"a":1,"b":[1,2.5,-3e10,true,false,null],"c":{"d":"x\\ny\\u0041","e":""},"f":[[],{}]}',
    '[1, 2, {"k" : "v", "zz":[ -0, 0.5, 1E5 ] } ]',
    ' {"long":"' + "y" * 30 + '", "other":1234567890} ',
    '"hello \\u00e9 \\"q\\" "',
    "-12.5e-3",
)


def test_json_errors() -> None:
    """Damaged JSON texts: accepted or refused alike, with the same message."""
    activate()
    r = random.Random(4)
    alphabet = '{}[],:"\\u0123456789eE+-.truefalsn \n\tx\x01é'
    texts = []
    for _ in range(5000):
        text = r.choice(SEEDS)
        for _ in range(r.randint(1, 2)):
            at = r.randrange(len(text) + 1)
            text = text[:at] + r.choice(["", "", r.choice(alphabet)]) + text[at + r.randint(0, 1) :]
        texts.append(text)
    expected = node(
        "data.map((t) => { try { JSON.parse(t); return 'ok' } catch (e) { return e.message } })", texts
    )
    for text, outcome in zip(texts, expected, strict=True):
        for read in (json_text.parse_json, json_text.read_exactly):
            try:
                read(text)
                found = "ok"
            except JsThrow as thrown:
                found = thrown.value["message"].value
            assert found == outcome, text


LETTERS = [
    *"abcABCxyzXYZ019 _-,.;:!?'\"()[]{}@*/\\&#%`^+<=>|~$éÉèêñÑüöäÖßæøåçıłđœ“”’–—…€£½²™аБйЙиёαΩά中文日あア가나אا→✅★😀🚀\t\n\u200bﬁＡ１٣\u00a0"
]
OPTIONS: list[dict[str, Any]] = [
    {},
    {"numeric": True},
    {"sensitivity": "base"},
    {"sensitivity": "accent"},
    {"sensitivity": "case"},
    {"caseFirst": "upper"},
    {"ignorePunctuation": True},
]


def test_collation() -> None:
    r = random.Random(5)

    def word() -> str:
        if r.random() < 0.4:
            return "".join(r.choice("abcdeABCDE") for _ in range(r.randint(1, 4)))
        if r.random() < 0.3:
            return (
                r.choice(["file", "v", ""])
                + str(r.randint(0, 120))
                + r.choice(["", f".{r.randint(0, 12)}", "a"])
            )
        return "".join(r.choice(LETTERS) for _ in range(r.randint(1, 4)))

    cases = [(word(), word(), r.randrange(len(OPTIONS))) for _ in range(10_000)]
    expected = node(
        f"(() => {{ const c = {json.dumps(OPTIONS)}.map((o) => new Intl.Collator('en', o));"
        " return data.map(([a, b, i]) => c[i].compare(a, b)) })()",
        cases,
    )
    for (a, b, index), outcome in zip(cases, expected, strict=True):
        o = OPTIONS[index]
        found = collation.compare(
            from_host_string(a),
            from_host_string(b),
            o.get("numeric", False),
            o.get("sensitivity", "variant"),
            o.get("caseFirst", "false"),
            o.get("ignorePunctuation", False),
        )
        assert found == outcome, (a, b, o)
