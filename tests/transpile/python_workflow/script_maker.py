"""Scripts by a seed: of the things that workflows do, in an order that differs with the seed."""

from __future__ import annotations

import random

META = "export const meta = {{ name: 'made-{seed}', description: 'Made from seed {seed}.', phases: [{{ title: 'Make' }}] }}\n"
SCHEMA = """const ITEMS = {
  type: 'object', required: ['items', 'score'],
  properties: {
    items: { type: 'array', minItems: 1, items: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, note: { type: 'string' }, size: { type: 'integer' } } } },
    score: { type: 'number' }, why: { type: 'string' },
  },
}
"""

# each a statement or several; {n} is a number of its own, {v} the name of an array of texts, {o} that of an answer to ITEMS
PARTS = (
    "const plain{n} = await agent(`Say ${{{v}.length}} things about ${{{v}.join(', ')}}`, {{ label: 'plain-{n}' }})\nlog(`plain {n}: ${{plain{n}}}`)",
    "const fan{n} = (await parallel({v}.map((word, i) => () => agent(`Look at ${{word}} (${{i + 1}})`, {{ label: `look:${{word}}` }})))).filter(Boolean)\nlog(`${{fan{n}.length}} of ${{{v}.length}}`)",
    "const piped{n} = await pipeline({v}, (word) => agent(`First ${{word}}`, {{ schema: ITEMS }}), (made, word, i) => ({{ word, i, names: made.items.map((x) => x.name.toUpperCase()) }}))\nout.piped{n} = piped{n}",
    "const groups{n} = {{}}\nfor (const item of {o}?.items ?? []) {{\n  const key = item.note ?? 'none'\n  if (!groups{n}[key]) groups{n}[key] = []\n  groups{n}[key].push(item.name)\n}}\nout.groups{n} = Object.entries(groups{n}).map(([k, names]) => `${{k}}: ${{names.join('+')}}`)",
    "let round{n} = 0\nconst seen{n} = new Set()\nwhile (round{n} < 3) {{\n  round{n}++\n  const found = await agent(`Round ${{round{n}}}; known: ${{[...seen{n}].join(', ') || 'none'}}`, {{ schema: ITEMS, label: `round-${{round{n}}}` }})\n  const fresh = (found?.items || []).filter((x) => !seen{n}.has(x.name))\n  if (!fresh.length) break\n  fresh.forEach((x) => seen{n}.add(x.name))\n}}\nout.seen{n} = [...seen{n}]",
    "const best{n} = [...({o}?.items ?? [])].sort((a, b) => (b.size ?? 0) - (a.size ?? 0) || a.name.localeCompare(b.name))\nout.best{n} = best{n}.slice(0, 2)",
    "const total{n} = ({o}?.items ?? []).reduce((sum, x) => sum + x.name.length, 0)\nout.total{n} = Math.round((total{n} / (({o}?.items ?? []).length || 1)) * 100) / 100",
    "try {{\n  const parsed{n} = JSON.parse(await agent('Give JSON {n}'))\n  out.parsed{n} = parsed{n}\n}} catch (error) {{\n  log(`no JSON: ${{error.message}}`)\n}}",
    "for (let i = 0; i < {v}.length; i += 2) {{\n  const chunk = {v}.slice(i, i + 2)\n  if (chunk.length < 2) continue\n  out[`chunk{n}_${{i}}`] = await agent(`Chunk ${{i / 2}}: ${{JSON.stringify(chunk)}}`)\n}}",
    "async function ask{n}(question, {{ times = 1, tone }} = {{}}) {{\n  const answers = []\n  for (let i = 0; i < times; i++) answers.push(await agent(`${{question}}${{tone ? ` (${{tone}})` : ''}} #${{i}}`))\n  return answers\n}}\nout.asked{n} = [await ask{n}('Why?'), await ask{n}('How?', {{ times: 2, tone: 'dry' }})]",
    "const both{n} = await Promise.all([agent('left {n}'), agent('right {n}', {{ schema: ITEMS }}).then((r) => r?.score ?? -1)])\nout.both{n} = both{n}",
    "switch ({o}?.items?.length ?? 0) {{\n  case 0: out.many{n} = 'none'; break\n  case 1:\n  case 2: out.many{n} = 'few'; break\n  default: out.many{n} = 'many'\n}}",
    "const text{n} = {v}.map((w) => w.replace(/[aeiou]/g, '*').padEnd(8, '.')).join('|')\nlog(text{n} + ' ' + text{n}.length)",
    "const table{n} = new Map({v}.map((w, i) => [w, i]))\nfor (const [word, place] of table{n}) if (place % 2) table{n}.set(word, -place)\nout.table{n} = Object.fromEntries(table{n})",
    "const {{ score: score{n}, ...rest{n} }} = {o} ?? {{ score: 0 }}\nout.rest{n} = {{ ...rest{n}, doubled: score{n} * 2 }}",
)


def make_script(seed: int) -> str:
    """A script that is always the same for a seed."""
    chance = random.Random(seed)
    words = chance.sample(["amber", "birch", "cloud", "delta", "ember", "fjord"], chance.randint(2, 5))
    lines = [META.format(seed=seed), SCHEMA, "const out = {}", f"const words = {words!r}", "phase('Make')"]
    lines.append("const first = await agent('Make items', { schema: ITEMS, label: 'first' })")
    for number, part in enumerate(chance.sample(PARTS, chance.randint(3, 7))):
        lines.append(part.format(n=number, v="words", o="first"))
    lines.append("return out")
    return "\n".join(lines) + "\n"
