"""The grammar of random programs: text files, one topic each, and their reader.

A file holds kinds and their productions, the simplest first::

    num:
    | 1
    |3 (<num> + <num>)
    |2 @async (await <num>)
    stmt:
    | for (let <$i:num> = 0; <.i> < <int>; <.i>++) <@+loop><block><@>

After the bar stand a weight (1), guards (flags that the place must have, ``!flag``: must not) and the text, which goes on in indented
lines. Holes: ``<num>`` any text of that kind; ``<num*>`` none to three of it, with commas; ``<$x:num>`` a fresh name, a variable of that kind
for the rest of this production; ``<+x:num>`` the same for the rest of the enclosing block, ``<+x:let num>`` one that may be assigned;
``<.x>`` that name again; ``<=num>`` a variable of the kind that may be assigned (such a production is left out where there is none); ``<block>`` and
``<stmts>`` statements with and without braces. ``<@!this ret>`` begins a function's code with exactly these flags, ``<@&async>`` an arrow's, which inherits
``this`` and its like, ``<@+loop>`` adds flags, ``<@>`` ends any of them and
forgets the production's own names. ``(?<name>`` and ``$<name>`` are no holes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOLE = re.compile(
    r"(?<![?$])<(?:(?P<flags>@[!&+][a-z ]*|@)|(?P<bind>[$+])(?P<name>\w+):(?P<mode>let )?(?P<bound>\w+)|\.(?P<again>\w+)|=(?P<target>\w+)|(?P<kind>[a-z_]\w*)(?P<many>\*)?)>"
)
_START = re.compile(r"\|(\d*) ?((?:@!?[a-z]+ )*)(.*)")
NEVER = 10_000


@dataclass(frozen=True)
class Production:
    """One way to write a kind. ``needs`` are the kinds of its holes; ``targets`` those of which a variable must be there."""

    kind: str
    name: str
    weight: int
    wanted: frozenset[str]
    unwanted: frozenset[str]
    text: str
    needs: frozenset[str]
    targets: frozenset[str]


@dataclass(frozen=True, eq=False)
class Grammar:
    """All productions by kind, and the least depth that each (by name) and each kind takes."""

    kinds: dict[str, tuple[Production, ...]]
    height: dict[str, int]


@cache
def read_grammar() -> Grammar:
    """The grammar of all files beside this one."""
    found: dict[str, list[Production]] = {}
    for file in sorted(Path(__file__).parent.glob("*.grammar")):
        _read(file, found)
    kinds = {kind: tuple(productions) for kind, productions in found.items()}
    for productions in kinds.values():
        for production in productions:
            unknown = production.needs - set(kinds) - {"block", "stmts"}
            assert not unknown, f"{production.name}: no such kind: {', '.join(unknown)}"
    return Grammar(kinds, _heights(kinds))


def _read(file: Path, found: dict[str, list[Production]]) -> None:
    kind, entries = "", []
    for line in file.read_text("utf-8").split("\n"):
        if match := _START.fullmatch(line):
            entries.append((kind, match[1], match[2].split(), [match[3]]))
        elif line.startswith("  "):
            entries[-1][3].append(line[2:])
        elif line.endswith(":"):
            kind = line[:-1]
        else:
            assert not line or line.startswith("#"), f"{file.name}: {line}"
    for kind, weight, guards, lines in entries:
        text = "\n".join(lines)
        holes = list(HOLE.finditer(text))
        productions = found.setdefault(kind, [])
        productions.append(
            Production(
                kind,
                f"{kind}.{len(productions)}",
                int(weight or 1),
                frozenset(guard[1:] for guard in guards if guard[1] != "!"),
                frozenset(guard[2:] for guard in guards if guard[1] == "!"),
                text,
                frozenset(hole["kind"] for hole in holes if hole["kind"]),
                frozenset(hole["target"] for hole in holes if hole["target"]),
            )
        )


def _heights(kinds: dict[str, tuple[Production, ...]]) -> dict[str, int]:
    """The least fixed point: a production is one higher than the highest of its holes, a kind as its lowest production."""
    height = dict.fromkeys(kinds, NEVER) | {"block": 1, "stmts": 1}
    changed = True
    while changed:
        changed = False
        for kind, productions in kinds.items():
            for production in productions:
                of_holes = max((height[need] for need in production.needs), default=-1) + 1
                if production.wanted or production.targets:
                    lowest = height[kind]
                else:
                    lowest = min(height[kind], of_holes)
                if of_holes != height.get(production.name) or lowest != height[kind]:
                    height[production.name], height[kind] = of_holes, lowest
                    changed = True
    return height
