"""Random patterns of the whole grammar, some of them damaged, with subjects that they may well match."""

from __future__ import annotations

import random

LETTERS = [
    *"aAbBkKsS1_ -\n",
    *(
        "\u00e9",
        "\u00c9",
        "\u212a",
        "\u017f",
        "\u03c3",
        "\u03c2",
        "\u03a3",
        "\u00df",
        "\u1e9e",
        "\u0130",
        "\u0131",
    ),
    *(
        "\ud83d\ude00",
        "\ud83d",
        "\ude00",
        "\ud801\udc00",
        "\ud801\udc28",
        "\u1fd3",
        "\u0390",
        "\u2028",
        "\u00b5",
    ),
    *("\u03bc", "\u01c5", "\u01c4", "\u1c89", "\u1c8a", "\u00a0", "\ufeff", "\u180e"),
]
QUANTIFIERS = ["*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "*?", "+?", "??", "{1,3}?", "{0}"]
SET_OPERANDS = [
    "[a-z]",
    "\\w",
    "[aAkK]",
    "\\p{L}",
    "\\d",
    "[^a]",
    "\\q{ab|a|}",
    "\\p{Lu}",
    "[\\w--\\d]",
    "\\q{aA}",
]
PROPERTIES = ["\\p{L}", "\\P{Lu}", "\\p{Ll}", "\\p{Script=Greek}", "\\p{Emoji}", "\\p{scx=Grek}"]


class Writer:
    """Writes one pattern; counts its groups so that references may point at them."""

    def __init__(self, r: random.Random, flags: str) -> None:
        self.r = r
        self.flags = flags
        self.unicode = "u" in flags or "v" in flags
        self.names = 0

    def disjunction(self, depth: int) -> str:
        return "|".join(self.sequence(depth) for _ in range(self.r.choice([1, 1, 1, 2, 2, 3])))

    def sequence(self, depth: int) -> str:
        return "".join(self.term(depth) for _ in range(self.r.choice([0, 1, 1, 2, 2, 3])))

    def term(self, depth: int) -> str:
        r = self.r
        kind = r.random()
        if kind < 0.12:
            return r.choice(["^", "$", "\\b", "\\B"])
        if kind < 0.2 and depth:
            return f"(?{r.choice(['=', '!', '<=', '<!'])}{self.disjunction(depth - 1)})"
        return self.atom(depth) + (r.choice(QUANTIFIERS) if r.random() < 0.35 else "")

    def atom(self, depth: int) -> str:
        r = self.r
        kind = r.random()
        if kind < 0.34 or not depth:
            return self.letter()
        if kind < 0.44:
            return self.character_class()
        if kind < 0.5:
            return r.choice([".", "\\w", "\\W", "\\d", "\\s", "\\S", "\\D"])
        if kind < 0.66:
            if r.random() < 0.15:
                self.names += 1
                return f"(?<n{self.names}>{self.disjunction(depth - 1)})"
            return f"({self.disjunction(depth - 1)})"
        if kind < 0.76:
            return f"(?:{self.disjunction(depth - 1)})"
        if kind < 0.84:
            return r.choice(["\\1", "\\2", "\\3", *([f"\\k<n{self.names}>"] if self.names else [])])
        if kind < 0.88 and self.unicode:
            return r.choice([*PROPERTIES, "\\u{1F600}"])
        return self.letter()

    def letter(self) -> str:
        return self.r.choice(LETTERS).replace("\n", "\\n")

    def character_class(self) -> str:
        r = self.r
        negation = r.choice(["", "", "^"])
        if "v" in self.flags and r.random() < 0.4:
            operands = [r.choice(SET_OPERANDS) for _ in range(r.randint(1, 3))]
            return f"[{negation}{r.choice(['--', '&&', '']).join(operands)}]"
        members = [self.member() for _ in range(r.randint(0, 3))]
        if self.unicode and r.random() < 0.2:
            members.append(r.choice(PROPERTIES))
        return f"[{negation}{''.join(members)}]"

    def member(self) -> str:
        r = self.r
        kind = r.random()
        if kind < 0.5:
            return self.letter().replace("-", "\\-") if "v" in self.flags else self.letter()
        if kind < 0.7:
            return r.choice(["a-z", "A-Z", "0-9", "\\u00e0-\\u00ff", "k-s", "\u0391-\u03c9"])
        if kind < 0.9:
            return r.choice(["\\w", "\\W", "\\d", "\\D", "\\s", "\\S", "\\b"])
        return r.choice(["\\x41", "\\u0041", "\\cA", "\\0", "\\-", "\\t"])


def damaged(r: random.Random, pattern: str) -> str:
    """The pattern, now and then with a character too many or too few."""
    at = r.randrange(len(pattern) + 1)
    if r.random() < 0.12:
        return pattern[:at] + r.choice("()[]{}*+?|\\^$.-,<=!kupx1a") + pattern[at:]
    return pattern[:at] + pattern[at + 1 :] if r.random() < 0.05 else pattern


def random_case(r: random.Random) -> tuple[str, str, list[str]]:
    """A pattern, its flags and four subjects, all in code units."""
    flags = "".join(flag for flag in "imsy" if r.random() < (0.4 if flag == "i" else 0.15))
    flags += r.choice(["", "", "", "u", "u", "v"])
    pattern = damaged(r, Writer(r, flags).disjunction(3))
    subjects = [
        "".join(r.choice(LETTERS[:10] if r.random() < 0.7 else LETTERS) for _ in range(r.randint(0, 7)))
        for _ in range(4)
    ]
    return pattern, flags, subjects
