"""Golden pairs: a script, an edit of it, and the exact calls that a resume must run. The labels are the prompts' first words."""

from __future__ import annotations

from typing import NamedTuple


class Edit(NamedTuple):
    """``runs`` are the labels that run after the edit, sorted; every other call replays."""

    name: str
    before: str
    after: str
    runs: tuple[str, ...]
    orphans: int = 0


INDEPENDENT = """
const out = await parallel(['a', 'b', 'c', 'd'].map((x) => () => agent(`look at ${x}`, { label: x })))
return out
"""
SEQUENCE = """
const a = await agent('first', { label: 'a' })
const b = await agent('second', { label: 'b' })
const c = await agent(`third after ${a}`, { label: 'c' })
return [a, b, c]
"""
PIPELINE = """
return await pipeline(['x', 'y', 'z'],
  (item) => agent(`read ${item}`, { label: `read-${item}` }),
  (text, item) => agent(`judge ${text}`, { label: `judge-${item}` }))
"""
DRAFTS = """
const drafts = await parallel([1, 2, 3, 4].map((i) => () => agent('write a draft', { label: `draft-${i}` })))
return await agent(`choose: ${drafts.join(' | ')}`, { label: 'choose' })
"""
LOOP = """
const seen = []
for (let i = 0; i < 3; i++) seen.push(await agent(`round ${i}`, { label: `r${i}` }))
return seen
"""

EDITS = [
    Edit("unchanged", INDEPENDENT, INDEPENDENT, ()),
    Edit("one prompt of four", INDEPENDENT, INDEPENDENT.replace("`look at ${x}`", "x === 'c' ? 'look closely at c' : `look at ${x}`"), ("c",), 1),
    Edit("a comment, a name, white space", INDEPENDENT,
         "// better\n" + INDEPENDENT.replace("out", "answers").replace("  ", " "), ()),
    Edit("labels and phases", INDEPENDENT, "phase('Look')\n" + INDEPENDENT.replace("label: x", "label: `${x}!`, phase: 'Other'"), ()),
    Edit("an item is added at the end", INDEPENDENT, INDEPENDENT.replace("'d']", "'d', 'e']"), ("e",)),
    Edit("an item is added in front", INDEPENDENT, INDEPENDENT.replace("['a'", "['0', 'a'"), ("0",)),
    Edit("an item is removed", INDEPENDENT, INDEPENDENT.replace("'b', ", ""), (), 1),
    Edit("items are reordered", INDEPENDENT, INDEPENDENT.replace("'a', 'b', 'c', 'd'", "'d', 'b', 'a', 'c'"), ()),
    Edit("a fan-out becomes a pipeline", INDEPENDENT,
         "return await pipeline(['a', 'b', 'c', 'd'], (x) => agent(`look at ${x}`, { label: x }))", ()),
    Edit("a call is inserted in front of a sequence", SEQUENCE, "await agent('zeroth', { label: 'z' })\n" + SEQUENCE, ("z",)),
    Edit("two calls change places", SEQUENCE, """
const b = await agent('second', { label: 'b' })
const a = await agent('first', { label: 'a' })
const c = await agent(`third after ${a}`, { label: 'c' })
return [a, b, c]
""", ()),
    Edit("what another consumes is edited", SEQUENCE, SEQUENCE.replace("'first'", "'the very first'"), ("a", "c"), 2),
    Edit("what nobody consumes is edited", SEQUENCE, SEQUENCE.replace("'second'", "'the very second'"), ("b",), 1),
    Edit("a call is removed", SEQUENCE, SEQUENCE.replace("const b = await agent('second', { label: 'b' })", "const b = null"), (), 1),
    Edit("a sequence becomes a fan-out", SEQUENCE, """
const [a, b] = await parallel([() => agent('first', { label: 'a' }), () => agent('second', { label: 'b' })])
const c = await agent(`third after ${a}`, { label: 'c' })
return [a, b, c]
""", ()),
    Edit("the model of one call", SEQUENCE, SEQUENCE.replace("label: 'b'", "label: 'b', model: 'opus'"), ("b",), 1),
    Edit("a schema is added to one call", SEQUENCE, SEQUENCE.replace("label: 'b'", "label: 'b', schema: {type: 'object'}"), ("b",), 1),
    Edit("retries and deadlines are not content", SEQUENCE, SEQUENCE.replace("label: 'b'", "label: 'b', maxAttempts: 7, timeoutMs: 5000"), ()),
    Edit("the first stage for one item", PIPELINE, PIPELINE.replace("`read ${item}`", "item === 'y' ? 'read y twice' : `read ${item}`"), ("judge-y", "read-y"), 2),
    Edit("the second stage", PIPELINE, PIPELINE.replace("`judge ${text}`", "`judge well ${text}`"), ("judge-x", "judge-y", "judge-z"), 3),
    Edit("a stage is added", PIPELINE, PIPELINE.replace("`judge-${item}` }))", "`judge-${item}` }),\n  (text, item) => agent(`sum ${text}`, { label: `sum-${item}` }))"),
         ("sum-x", "sum-y", "sum-z")),
    Edit("a stage is put between", PIPELINE, PIPELINE.replace("(text, item) =>", "(text) => text,\n  (text, item) =>"), ()),
    Edit("equal prompts, unchanged", DRAFTS, DRAFTS, ()),
    Edit("one more equal prompt", DRAFTS, DRAFTS.replace("4]", "4, 5]"), ("choose", "draft-5"), 1),
    Edit("one equal prompt fewer", DRAFTS, DRAFTS.replace(", 4]", "]"), ("choose",), 2),
    Edit("equal prompts after a new fan-out", DRAFTS, "await parallel([() => agent('warm up', { label: 'w' })])\n" + DRAFTS, ("w",)),
    Edit("equal prompts in a function", DRAFTS, "const write = (i) => agent('write a draft', { label: `draft-${i}` })\n"
         + DRAFTS.replace("agent('write a draft', { label: `draft-${i}` })", "write(i)"), ()),
    Edit("a loop goes on longer", LOOP, LOOP.replace("i < 3", "i < 5"), ("r3", "r4")),
    Edit("a loop ends sooner", LOOP, LOOP.replace("i < 3", "i < 2"), (), 1),
    Edit("a loop runs backwards", LOOP, LOOP.replace("let i = 0; i < 3; i++", "let i = 2; i >= 0; i--"), ()),
]  # fmt: skip
