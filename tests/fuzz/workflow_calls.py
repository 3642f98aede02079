"""Prompts, labels and options: the text of one ``agent()`` call."""

from __future__ import annotations

from fuzz.workflow_words import LENSES, PERSONAS, VERBS, Shape
from fuzz.workflow_writer import Writer


def prompt(writer: Writer, *about: str) -> str:
    """A prompt that mentions the expressions of ``about``."""
    choices = writer.choices
    verb, lens = choices.pick(VERBS), choices.pick(LENSES)
    holes = [f"${{{expression}}}" for expression in dict.fromkeys(about)]
    if not holes:
        return f"'{verb} the project for {lens}.'"
    way = choices.below(5)
    if way == 0:
        return f"`{verb} this for {lens}: {' / '.join(holes)}`"
    if way == 1:
        rest = "".join(f" +\n  `\\n- {hole}`" for hole in holes)
        return f"'{verb} with an eye on {lens}.'{rest}"
    if way == 2:
        return (
            f"['# {verb}', {', '.join(f'`* {hole}`' for hole in holes)}, 'Answer in one line.'].join('\\n')"
        )
    if way == 3:
        return f"`# {verb}: {lens}\n\n{chr(10).join(holes)}\n`.trim()"
    return f"`You are a {choices.pick(PERSONAS)}. {verb} {holes[0]}{''.join(f'{chr(10)}## {hole}' for hole in holes[1:])}`"


def options(writer: Writer, label: str, schema: str = "") -> str:
    """The options of a call; ``label`` is the text of a template without its quotes."""
    choices = writer.choices
    parts = []
    if choices.chance(80):
        parts.append(f"label: `{label}`" if "${" in label else f"label: '{label}'")
    if writer.phase_now and choices.chance(50):
        parts.append(f"phase: '{writer.phase_now}'")
    if schema:
        parts.append(f"schema: {schema}")
    if choices.chance(20):
        parts.append(choices.pick(("model: 'haiku'", "effort: 'high'", "model: 'sonnet'", "effort: 'low'")))
    return f"{{ {', '.join(parts)} }}" if parts else ""


def call(writer: Writer, text: str, given: str) -> str:
    return f"agent({text}, {given})" if given else f"agent({text})"


def call_about(
    writer: Writer, item: str, shape: Shape | None, index: str = "", schema: str = "", extra: str = ""
) -> str:
    """A call about one item of a list; ``index`` and ``extra`` are further expressions that it may mention."""
    choices = writer.choices
    about = [writer.title(item, shape)]
    if choices.chance(60):
        about.append(writer.seen(item, shape))
    if extra:
        about.append(extra)
    if index and choices.chance(30):
        about.append(f"{index} + 1")
    verb = choices.pick(VERBS).lower()
    tags = [f"${{{writer.title(item, shape)}}}", f"${{{writer.title(item, shape)}.slice(0, 12)}}"]
    if index:
        tags.append(f"${{{index}}}")
    label = f"{verb}{choices.pick((':', '-'))}{choices.pick(tags)}"
    return call(writer, prompt(writer, *about), options(writer, label, schema))
