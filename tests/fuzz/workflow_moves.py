"""The moves of a workflow script that call agents: fan-out, pipeline, panel, workers, batches.

Each writes a few statements that use what is in scope and declares what later moves may use.
"""

from __future__ import annotations

from collections.abc import Callable

from fuzz.workflow_calls import call, call_about, options, prompt
from fuzz.workflow_words import PERSONAS, make_shape, plural
from fuzz.workflow_writer import Writer


def fan_out(writer: Writer) -> None:
    """parallel over a list, with the nulls filtered out and the answers tied to their items."""
    choices = writer.choices
    source = writer.a_list()
    shape = make_shape(choices) if choices.chance(70) else None
    schema = writer.schema(shape) if shape else ""
    item, index = "item" if source.shape else "name", "i" if choices.chance(40) else ""
    body = call_about(writer, item, source.shape, index, schema)
    if shape is None:
        after = (
            f".then((text) => text ?? `no answer for ${{{writer.title(item, source.shape)}}}`)"
            if choices.chance(30)
            else ""
        )
    else:
        tie = f"`${{r.{shape.fields[0].name}}} (${{{writer.title(item, source.shape)}}})`"
        after = f".then((r) => r && {{ ...r, {shape.fields[0].name}: {tie} }})" if choices.chance(30) else ""
    arguments = f"({item}, {index})" if index else choices.pick((item, f"({item})"))
    result = writer.fresh("results", "answers", "reviews", "rows")
    way = choices.below(5)
    if way == 0:
        writer.statement(
            f"const {result} = (await parallel({source.name}.map({arguments} => () => {body}{after}))).filter(Boolean)"
        )
    elif way == 1:
        raw = writer.fresh("raw", "settled", "all")
        writer.statement(
            f"const {raw} = await parallel(\n  {source.name}.map({arguments} => async () => {{\n    const answer = await {body}{after}\n    return answer\n  }}),\n)"
        )
        writer.statement(f"const {result} = {raw}.filter((r) => r !== null)")
    elif way == 2:
        writer.statement(
            f"const {result} = (await Promise.all({source.name}.map({arguments} => {body}{after}))).flatMap((r) => (r ? [r] : []))"
        )
    elif way == 3:
        writer.statement(
            f"const {result} = await fanout({source.name}, {arguments} => {body}{after}).then((all) => all.filter(Boolean))"
        )
    else:
        tasks = writer.fresh("tasks", "thunks", "jobs")
        writer.statement(f"const {tasks} = []")
        with writer.block(
            f"for (const {item} of {source.name})"
            if not index
            else f"for (const [{index}, {item}] of {source.name}.entries())"
        ):
            writer.statement(f"{tasks}.push(() => {body}{after})")
        writer.statement(f"const {result} = (await parallel({tasks})).filter((r) => r != null)")
    writer.declare(result, shape, True)
    if choices.chance(50):
        writer.statement(f"log(`{result}: ${{{result}.length}} of ${{{source.name}.length}}`)")


def find_many(writer: Writer) -> None:
    """Agents that each answer with a list, flattened into one."""
    choices = writer.choices
    source, shape = writer.a_list(), make_shape(choices)
    key = plural(shape.noun)
    schema = writer.schema(shape, key)
    found = writer.fresh(key, f"all{key.capitalize()}", "found")
    body = call_about(writer, "x", source.shape, "", schema)
    way = choices.below(3)
    if way == 0:
        writer.statement(
            f"const {found} = (await parallel({source.name}.map((x) => () => {body}))).flatMap((r) => r?.{key} ?? [])"
        )
    elif way == 1:
        writer.statement(
            f"const {found} = (await parallel({source.name}.map((x) => () => {body})))\n  .filter(Boolean)\n  .flatMap(({{ {key} }}) => {key})"
        )
    else:
        writer.statement(f"const {found} = []")
        with writer.block(f"for (const x of {source.name})"):
            writer.statement(f"const part = await {body}")
            with writer.block("if (!part)") if choices.chance(50) else writer.block("if (part === null)"):
                writer.statement(f"log(`nothing for ${{{writer.title('x', source.shape)}}}`)")
                writer.statement("continue")
            writer.statement(f"{found}.push(...part.{key})")
    writer.declare(found, shape, True)
    if choices.chance(30):
        with writer.block(f"if ({found}.length === 0)"):
            writer.statement(f"return {{ ok: true, {key}: [], note: 'nothing found' }}")


def stages(writer: Writer) -> None:
    """pipeline: find, then verify with the first answer in hand."""
    choices = writer.choices
    source, shape = writer.a_list(), make_shape(choices)
    first = writer.schema(shape) if choices.chance(70) else ""
    held = shape if first else None
    item = writer.title("item", source.shape)
    parts = [f"(item) => {call_about(writer, 'item', source.shape, '', first)}"]
    for number in range(choices.between(1, 2)):
        about = writer.title("prev", held)
        text = prompt(writer, about, item, *(["i"] if choices.chance(40) else []))
        given = options(writer, f"verify-{number}:${{{item}}}")
        keep = (
            f"({{ ...prev, check{number}: check?.slice(0, 40) ?? null }})"
            if held
            else "[prev, check].filter(Boolean).join(' | ')"
        )
        parts.append(f"(prev, item, i) => {call(writer, text, given)}.then((check) => {keep})")
        if choices.chance(20):
            parts.append(f"(prev) => ({writer.test('prev', held)} ? prev : null)")
    result = writer.fresh("verified", "checked", "piped")
    body = "".join(f"\n  {part}," for part in parts)
    writer.statement(f"const {result} = (await pipeline(\n  {source.name},{body}\n)).filter(Boolean)")
    writer.declare(result, held, True)


def panel(writer: Writer) -> None:
    """Several judges per item; the majority keeps it."""
    choices = writer.choices
    source = writer.a_list()
    voters = choices.between(2, 3)
    vote = writer.fresh("VOTE", "VERDICT", "BALLOT")
    writer.constants[vote] = (
        "{ type: 'object', properties: { keep: { type: 'boolean' }, why: { type: 'string' } }, required: ['keep'] }"
    )
    title = writer.title("item", source.shape)
    text = prompt(writer, title, writer.seen("item", source.shape), "persona")
    given = options(writer, f"judge-${{v + 1}}:${{{title}}}", vote) or f"{{ schema: {vote} }}"
    personas, kept = writer.fresh("personas", "judges"), writer.fresh("kept", "confirmed", "survivors")
    judged = writer.fresh("judged", "panel", "voted")
    writer.statement(f"const {personas} = {list(PERSONAS[: choices.between(2, 4)])!r}")
    head, end = choices.pick(
        (
            (f"parallel({source.name}.map((item) => async () =>", "}))"),
            (f"pipeline({source.name}, async (item) =>", "})"),
        )
    )
    with writer.block(f"const {judged} = await {head}", end + writer.semicolon):
        with writer.block(
            f"const votes = await parallel(Array.from({{ length: {voters} }}, (_, v) => () =>",
            "}))" + writer.semicolon,
        ):
            writer.statement(f"const persona = {personas}[v % {personas}.length]")
            writer.statement(f"return agent({text}, {given})")
        writer.statement("const yes = votes.filter((v) => v?.keep).length")
        why = "votes.map((v) => v?.why ?? '-').join('; ')"
        writer.statement(f"return {{ item, yes, keep: yes * 2 > votes.filter(Boolean).length, why: {why} }}")
    writer.statement(f"const {kept} = {judged}.filter((j) => j && j.keep).map((j) => j.item)")
    writer.declare(kept, source.shape, True)
    if choices.chance(40):
        dropped = writer.fresh("dropped", "refuted")
        writer.statement(
            f"const {dropped} = {judged}.filter((j) => j && !j.keep).map(({{ yes, why }}) => ({{ yes, why }}))"
        )
        writer.results[dropped] = dropped


def workers(writer: Writer) -> None:
    """A queue and a few workers that empty it."""
    choices = writer.choices
    source = writer.a_list()
    queue, done, worker = (
        writer.fresh("queue", "todo"),
        writer.fresh("done", "finished"),
        writer.fresh("worker", "drain"),
    )
    writer.statement(
        f"const {queue} = {choices.pick((f'[...{source.name}]', f'{source.name}.slice()', f'{source.name}.map((x, i) => x).reverse()'))}"
    )
    writer.statement(f"const {done} = []")
    with (
        writer.block(
            f"const {worker} = async (id) =>" if choices.chance(50) else f"async function {worker}(id)"
        ),
        writer.block(f"while ({queue}.length > 0)"),
    ):
        writer.statement(f"const job = {queue}.{choices.pick(('shift', 'pop'))}()")
        text = call_about(writer, "job", source.shape, "", "", "id")
        writer.statement(f"const text = await {text}")
        writer.statement(
            f"{done}.push(`${{id}}: ${{{writer.title('job', source.shape)}}} -> ${{text?.length ?? 'none'}}`)"
        )
    writer.statement(
        f"await Promise.all([{', '.join(f'{worker}({number})' for number in range(1, choices.between(2, 4)))}])"
    )
    writer.declare(done, None, True)


def batches(writer: Writer) -> None:
    """A list in slices, one parallel per slice."""
    choices = writer.choices
    source = writer.a_list()
    size, out = choices.between(2, 3), writer.fresh("out", "texts", "collected")
    writer.statement(f"const {out} = []")
    with writer.block(f"for (let i = 0; i < {source.name}.length; i += {size})"):
        writer.statement(f"const batch = {source.name}.slice(i, i + {size})")
        body = call_about(writer, "entry", source.shape, "i")
        writer.statement(f"const texts = await parallel(batch.map((entry) => () => {body}))")
        writer.statement(f"{out}.push(...texts.filter((t) => typeof t === 'string'))")
        if choices.chance(50):
            writer.statement(
                f"log(`batch ${{i / {size} + 1}} of ${{Math.ceil({source.name}.length / {size})}} done`)"
            )
    writer.declare(out, None, True)


def one_call(writer: Writer) -> None:
    """One agent over everything so far, its answer looked at."""
    choices = writer.choices
    source = writer.a_list()
    shape = make_shape(choices) if choices.chance(60) else None
    schema = writer.schema(shape) if shape else ""
    shown = choices.pick(
        (
            f"JSON.stringify({source.name}, null, 2)",
            f"JSON.stringify({source.name}.slice(0, 3))",
            f"{source.name}.map((x, i) => `${{i + 1}}. ${{{writer.title('x', source.shape)}}}`).join('\\n')",
        )
    )
    answer = writer.fresh("answer", "summary", "overview")
    text = prompt(writer, shown, f"{source.name}.length")
    writer.statement(f"const {answer} = await {call(writer, text, options(writer, 'summary', schema))}")
    if shape is None:
        words = choices.pick(
            (
                "?.match(/\\b[a-z]{5,}\\b/g)?.length ?? 0",
                "?.split(/\\s+/).length ?? 0",
                " === null ? 'none' : 'some'",
            )
        )
        writer.results[answer] = f"{answer}{words}"
        return
    field = choices.pick(shape.fields)
    with writer.block(f"if (!{answer})"):
        writer.statement(f"return {{ ok: false, reason: 'no {answer}' }}") if choices.chance(
            30
        ) else writer.statement(f"log('no {answer}')")
    writer.results[answer] = choices.pick(
        (
            answer,
            f"{answer}?.{field.name}",
            f"{answer} ? Object.entries({answer}).map(([k, v]) => `${{k}}=${{v}}`) : []",
        )
    )


Move = Callable[[Writer], None]
MOVES: tuple[tuple[int, Move], ...] = (
    (6, fan_out),
    (4, find_many),
    (4, stages),
    (3, panel),
    (2, workers),
    (2, batches),
    (4, one_call),
)
