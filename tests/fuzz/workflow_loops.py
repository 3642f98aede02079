"""The moves of a workflow script that loop over agents or catch their failures: rounds, budget, retries, pairs, recursion."""

from __future__ import annotations

from fuzz.workflow_calls import prompt
from fuzz.workflow_moves import Move
from fuzz.workflow_words import LENSES, make_shape, plural
from fuzz.workflow_writer import Writer


def until_dry(writer: Writer) -> None:
    """Rounds of finders until one finds nothing new, or the rounds are used up."""
    choices = writer.choices
    shape = make_shape(choices)
    key = plural(shape.noun)
    schema = writer.schema(shape, key)
    seen, found, turn = (
        writer.fresh("seen", "known"),
        writer.fresh("pool", "fresh", "collected"),
        writer.fresh("round", "turn"),
    )
    title = shape.fields[0].name
    lens = choices.pick(LENSES)
    writer.statement(f"const {seen} = new Set()")
    writer.statement(f"const {found} = []")
    writer.statement(f"let {turn} = 0")
    rounds = choices.between(2, 3)
    with writer.block(choices.pick((f"while ({turn} < {rounds})", "for (;;)"))):
        writer.statement(f"{turn}{choices.pick(('++', ' += 1'))}")
        writer.statement(
            f"const batch = await agent(`Round ${{{turn}}}: find {key} about {lens}. Known: ${{[...{seen}].join(', ') || 'none'}}`, {{ label: `round-${{{turn}}}`, schema: {schema} }})"
        )
        writer.statement(f"const news = (batch?.{key} ?? []).filter(({{ {title} }}) => !{seen}.has({title}))")
        writer.line(f"if (!news.length || {turn} >= {rounds}) break{writer.semicolon}")
        with writer.block("for (const one of news)"):
            writer.statement(f"{seen}.add(one.{title})")
            writer.statement(f"{found}.push(one)")
        if choices.chance(50):
            writer.statement(f"log(`round ${{{turn}}}: +${{news.length}} = ${{{seen}.size}}`)")
    writer.declare(found, shape, True)
    writer.numbers.append(turn)


def within_budget(writer: Writer) -> None:
    """Drafts while the budget lasts and the score is low."""
    choices = writer.choices
    best, tries = writer.fresh("best", "draft"), writer.fresh("tries", "attempt")
    source = writer.a_list()
    about = f"{source.name}[0]?.{source.shape.fields[0].name}" if source.shape else f"{source.name}[0]"
    limit = choices.between(2, 3)
    writer.statement(f"let {best} = null")
    writer.statement(f"let {tries} = 0")
    remaining = choices.pick(
        (
            f"budget.remaining() > {choices.between(1, 9) * 100}",
            "(!budget.total || budget.remaining() > 1000)",
            "budget.spent() < 1e6",
        )
    )
    with writer.block(f"while ({tries} < {limit} && {remaining})"):
        writer.statement(f"{tries}++")
        writer.statement(
            f"const text = await agent(`Draft ${{{tries}}} about ${{{about}}}${{{best} ? `, better than: ${{{best}.text}}` : ''}}`, {{ label: `draft-${{{tries}}}` }})"
        )
        writer.line(f"if (text === null) continue{writer.semicolon}")
        score = choices.pick(
            (
                "text.length % 7",
                "text.split(' ').length",
                "[...text].filter((c) => 'aeiou'.includes(c)).length",
            )
        )
        writer.statement(f"const score = {score}")
        writer.statement(f"if (!{best} || score > {best}.score) {best} = {{ text, score, by: {tries} }}")
    writer.results[best] = f"{best} ?? {{ text: '', score: 0 }}"
    writer.numbers.append(tries)


def with_retries(writer: Writer) -> None:
    """A helper that tries again, with the reason of the last failure in the prompt."""
    choices = writer.choices
    name = writer.fresh("withRetry", "attempt", "tryAgent")
    most = choices.between(2, 3)
    style = choices.below(2)
    head = (
        f"async function {name}(prompt, {{ times = {most}, ...options }} = {{}})"
        if style
        else f"const {name} = async (prompt, times = {most}, options = {{}}) =>"
    )
    with writer.block(head):
        writer.statement("let last = null")
        with writer.block("for (let n = 1; n <= times; n++)"):
            with writer.block("try", "} catch (error) {", scoped=False):
                writer.statement(
                    "const text = await agent(n === 1 ? prompt : `${prompt} (again, after: ${last?.message ?? last})`, { ...options, onFailure: 'throw' })"
                )
                writer.statement(
                    "if (text.length % 5 === n) throw new Error(`not good enough: ${text.length}`)"
                )
                writer.statement("return { text, n }")
            writer._indent += 1
            writer.statement("last = error")
            writer.statement("log(`try ${n} of ${times}: ${error.name}: ${error.message}`)")
            writer._indent -= 1
            writer.line("}")
        writer.statement("return { text: null, n: times, why: last.message }")
    source = writer.a_list()
    result = writer.fresh("retried", "tried", "outcomes")
    title = writer.title("x", source.shape)
    extra = (
        f", {{ times: {choices.between(1, 3)}, label: `retry-${{i}}` }}"
        if style
        else f", {choices.between(1, 3)}"
    )
    with writer.block(
        f"const {result} = await Promise.all({source.name}.slice(0, 3).map(async (x, i) =>",
        "}))" + writer.semicolon,
    ):
        writer.statement(f"const {{ text, n }} = await {name}({prompt(writer, title)}{extra})")
        writer.statement(f"return `${{{title}}}/${{n}}: ${{text ?? 'gave up'}}`")
    writer.declare(result, None, True)


def tournament(writer: Writer) -> None:
    """Pairs are compared until one is left."""
    choices = writer.choices
    source = writer.a_list()
    pool, level = writer.fresh("bracket", "contenders"), writer.fresh("level", "stage")
    writer.statement(f"let {pool} = {source.name}.slice(0, {choices.between(3, 4)})")
    writer.statement(f"let {level} = 0")
    with writer.block(f"while ({pool}.length > 1)"):
        writer.statement("const pairs = []")
        writer.statement(f"for (let i = 0; i < {pool}.length; i += 2) pairs.push({pool}.slice(i, i + 2))")
        with writer.block(
            f"{pool} = await parallel(pairs.map(([a, b]) => async () =>", "}))" + writer.semicolon
        ):
            writer.line(f"if (b === undefined) return a{writer.semicolon}")
            titles = (writer.title("a", source.shape), writer.title("b", source.shape))
            writer.statement(
                f"const text = await agent({prompt(writer, *titles, level)}, {{ label: `match-${{{level}}}` }})"
            )
            writer.statement("return (text ?? '').length % 2 ? a : b")
        writer.statement(f"{level}++")
    winner = writer.fresh("winner", "champion")
    writer.statement(f"const [{winner} = null] = {pool}")
    writer.results[winner] = winner
    writer.numbers.append(level)


def explore(writer: Writer) -> None:
    """A recursive helper that asks deeper until a depth."""
    choices = writer.choices
    name, depth = writer.fresh("explore", "descend"), choices.between(1, 2)
    with writer.block(f"async function {name}(topic, depth = 0)"):
        writer.line(f"if (depth > {depth}) return []{writer.semicolon}")
        writer.statement(
            "const text = await agent(`Depth ${depth}: what is below ${topic}?`, { label: `explore-${depth}` })"
        )
        writer.line(f"if (!text) return [`${{topic}}?`]{writer.semicolon}")
        writer.statement(
            f"const words = [...new Set(text.toLowerCase().match(/[a-z]{{4,}}/g) ?? [])].slice(-{choices.between(1, 2)})"
        )
        deeper = choices.pick(
            (
                "await Promise.all(words.map((w) => NAME(w, depth + 1)))",
                "await parallel(words.map((w) => () => NAME(w, depth + 1)))",
            )
        )
        writer.statement(f"const below = {deeper.replace('NAME', name)}")
        writer.statement("return [topic, ...below.flat()]")
    result = writer.fresh("tree", "topics")
    writer.statement(f"const {result} = await {name}('{choices.pick(LENSES)}')")
    writer.declare(result, None, True)


def guarded(writer: Writer) -> None:
    """try / catch / finally around calls that may throw."""
    choices = writer.choices
    state, source = writer.fresh("state", "status"), writer.a_list()
    writer.statement(f"let {state} = 'pending'")
    with writer.block("try", "} catch (e) {", scoped=True):
        way = choices.below(3)
        if way == 0:
            writer.statement(
                f"const settled = await Promise.allSettled({source.name}.slice(0, 3).map((x) => agent({prompt(writer, writer.title('x', source.shape))}, {{ onFailure: 'throw' }})))"
            )
            writer.statement(
                f"{state} = settled.map((s) => (s.status === 'fulfilled' ? s.value.length : s.reason.message)).join()"
            )
        elif way == 1:
            writer.statement(
                f"const text = await agent({prompt(writer, f'{source.name}.length')}, {{ onFailure: 'throw' }})"
            )
            writer.statement(f"{state} = JSON.parse(text).kind")
        else:
            writer.statement(f"const first = {source.name}.find((x) => {writer.test('x', source.shape)})")
            writer.statement(f"{state} = await agent(`Explain ${{first.missing.deep}}`)")
    writer._indent += 1
    writer.statement(f"{state} = `failed: ${{e.message}}`")
    if choices.chance(40):
        writer._indent -= 1
        writer.line("} finally {")
        writer._indent += 1
        writer.statement(f"log(`{state}: ${{{state}}}`)")
    writer._indent -= 1
    writer.line("}")
    writer.results[state] = state


LOOP_MOVES: tuple[tuple[int, Move], ...] = (
    (3, until_dry),
    (2, within_budget),
    (2, with_retries),
    (1, tournament),
    (1, explore),
    (2, guarded),
)
