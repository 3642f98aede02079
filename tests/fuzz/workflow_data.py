"""The moves of a workflow script that call no agent: dedupe, rank, group, tally, render, parse."""

from __future__ import annotations

from fuzz.workflow_moves import Move
from fuzz.workflow_writer import Writer


def dedupe(writer: Writer) -> None:
    choices = writer.choices
    source = writer.a_list()
    out, title = writer.fresh("unique", "deduped", "distinct"), writer.title("x", source.shape)
    key = writer.helper("normalize", choices.pick((
        "const normalize = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()",
        "function normalize(text) {\n  return String(text).trim().toLowerCase().split(/\\s+/).slice(0, 3).join('-')\n}",
    )))  # fmt: skip
    way = choices.below(4)
    if way == 0:
        writer.statement(
            f"const {out} = [...new Map({source.name}.map((x) => [{key}({title}), x])).values()]"
        )
    elif way == 1:
        writer.statement(
            f"const {out} = {source.name}.filter((x, i, all) => all.findIndex((y) => {key}({writer.title('y', source.shape)}) === {key}({title})) === i)"
        )
    elif way == 2:
        seen = writer.fresh("keys", "seenKeys")
        writer.statement(f"const {seen} = new Set()")
        with writer.block(f"const {out} = {source.name}.filter((x) =>", "})" + writer.semicolon):
            writer.statement(f"const key = {key}({title})")
            writer.line(f"if ({seen}.has(key)) return false{writer.semicolon}")
            writer.statement(f"{seen}.add(key)")
            writer.statement("return true")
    else:
        by = writer.fresh("byKey", "index")
        writer.statement(f"const {by} = {{}}")
        writer.statement(f"for (const x of {source.name}) {by}[{key}({title})] ??= x")
        writer.statement(f"const {out} = Object.values({by})")
    writer.declare(out, source.shape, True)


def rank(writer: Writer) -> None:
    choices = writer.choices
    source = writer.a_list()
    out = writer.fresh("ranked", "sorted", "top")
    most = choices.between(1, 4)
    copy = choices.pick(
        (f"[...{source.name}].sort", f"{source.name}.slice().sort", f"{source.name}.toSorted")
    )
    writer.statement(
        f"const {out} = {copy}((a, b) => {writer.order('a', 'b', source.shape)}){choices.pick((f'.slice(0, {most})', '', f'.slice(-{most})'))}"
    )
    writer.declare(out, source.shape, True)


def select(writer: Writer) -> None:
    choices = writer.choices
    source = writer.a_list()
    out = writer.fresh("selected", "relevant", "rest")
    first, second = writer.test("x", source.shape), writer.test("x", source.shape)
    test = choices.pick((first, f"{first} && !({second})", f"{first} || {second}"))
    writer.statement(f"const {out} = {source.name}.filter((x) => {test})")
    writer.declare(out, source.shape, True)
    if choices.chance(40):
        with writer.block(f"if (!{out}.length)"):
            writer.statement(f"log(`nothing left of ${{{source.name}.length}}`)")
            writer.line(f"return {{ status: 'empty', of: {source.name}.length }}{writer.semicolon}")


def group(writer: Writer) -> None:
    choices = writer.choices
    source = writer.a_list()
    key = writer.title("x", source.shape) + ".length % 3"
    if source.shape is not None and (fields := source.shape.of_kind("enum", "flag")):
        key = f"x.{choices.pick(fields).name}"
    out = writer.fresh("groups", "byKind", "buckets")
    way = choices.below(3)
    if way == 0:
        writer.statement(
            f"const {out} = {source.name}.reduce((acc, x) => ({{ ...acc, [{key}]: (acc[{key}] ?? 0) + 1 }}), {{}})"
        )
        writer.results[out] = out
    elif way == 1:
        writer.statement(f"const {out} = {{}}")
        with writer.block(f"for (const x of {source.name})"):
            writer.statement(
                f"({out}[{key}] ||= []).push({writer.title('x', source.shape)})"
                if writer.semicolon
                else f"{out}[{key}] = [...({out}[{key}] || []), {writer.title('x', source.shape)}]"
            )
        writer.results[out] = f"Object.fromEntries(Object.entries({out}).map(([k, v]) => [k, v.length]))"
    else:
        writer.statement(f"const {out} = new Map()")
        writer.statement(f"for (const x of {source.name}) {out}.set({key}, [...({out}.get({key}) ?? []), x])")
        with writer.block(f"for (const [kind, members] of {out})"):
            writer.statement("log(`${kind}: ${members.length}`)")
        writer.results[out] = f"[...{out}.keys()]"


def tally(writer: Writer) -> None:
    choices = writer.choices
    source = writer.a_list(objects=True)
    out = writer.fresh("total", "sum", "mean")
    numbers = source.shape.of_kind("number", "integer") if source.shape else []
    value = f"x.{choices.pick(numbers).name}" if numbers else f"{writer.title('x', source.shape)}.length"
    sum_of = f"{source.name}.reduce((sum, x) => sum + {value}, 0)"
    expression = choices.pick(
        (
            sum_of,
            f"+({sum_of} / ({source.name}.length || 1)).toFixed(2)",
            f"Math.max(...{source.name}.map((x) => {value}))",
            f"Math.round({sum_of} * 100) / 100",
        )
    )
    writer.statement(f"const {out} = {expression}")
    writer.results[out] = f"Number.isFinite({out}) ? {out} : null"


def render(writer: Writer) -> None:
    choices = writer.choices
    source = writer.a_list()
    out, name = writer.fresh("report", "markdown", "text"), writer.fresh("render", "toMarkdown", "bullet")
    title, seen = writer.title("item", source.shape), writer.seen("item", source.shape)
    body = choices.pick(
        (
            f"`- ${{{title}}}: ${{{seen}}}`",
            f"'* ' + {title} + ' (' + {seen} + ')'",
            f"`| ${{i + 1}} | ${{{title}}} | ${{{seen}}} |`",
        )
    )
    writer.helper(
        name,
        choices.pick(
            (f"const {name} = (item, i) => {body}", f"function {name}(item, i) {{\n  return {body}\n}}")
        ),
    )
    writer.statement(
        f"const {out} = {choices.pick((f'{source.name}.map({name}).join({chr(39)}{chr(92)}n{chr(39)})', f'[`# ${{{source.name}.length}} items`, ...{source.name}.map({name})].join({chr(39)}{chr(92)}n{chr(39)})'))}"
    )
    writer.results[out] = out


def verdicts(writer: Writer) -> None:
    """A switch on what an item says."""
    choices = writer.choices
    source = writer.a_list(objects=True)
    enums = source.shape.of_kind("enum") if source.shape else []
    counts = writer.fresh("counts", "stats")
    writer.statement(f"const {counts} = {{ yes: 0, maybe: 0, no: 0 }}")
    with writer.block(f"for (const item of {source.name})"):
        if not enums:
            writer.statement(f"{counts}[{writer.title('item', source.shape)}.length > 12 ? 'yes' : 'no']++")
        else:
            field = choices.pick(enums)
            with writer.block(f"switch (item.{field.name})"):
                for number, value in enumerate(field.values[:-1]):
                    writer.line(f"case '{value}':")
                    if number == 0 and choices.chance(30):
                        continue
                    writer.statement(
                        f"  {counts}.{choices.pick(('yes', 'maybe', 'no'))} += {choices.between(1, 2)}"
                    )
                    writer.line(f"  break{writer.semicolon}")
                writer.line("default:")
                writer.statement(f"  {counts}.no++")
    writer.results[counts] = counts


def note(writer: Writer) -> None:
    choices = writer.choices
    source = writer.a_list()
    ways = [
        f"log(`{source.name}: ${{{source.name}.length}}`)",
        f"console.log('{source.name}', {source.name}.length, {source.name}[0] ?? null)",
    ]
    ways.append(f"log({source.name}.length > 2 ? `many (${{{source.name}.length}})` : 'few')")
    ways += [f"log('{name} is ' + {name})" for name in writer.numbers[:2]]
    writer.statement(choices.pick(ways))


DATA_MOVES: tuple[tuple[int, Move], ...] = (
    (4, dedupe),
    (4, rank),
    (4, select),
    (3, group),
    (3, tally),
    (2, render),
    (2, verdicts),
    (2, note),
)
