"""A command line of the shell, taken apart as the shell would: for the policy, which must not be fooled by quotes. No I/O.

Example: ``a 'b c' | d > f`` is two commands, ``["a", "b c"]`` and ``["d"]``, the second one fed by the first and writing ``f``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_META = frozenset(" \t\n;&|()<>")
_RESERVED = frozenset(
    ("if", "then", "elif", "else", "while", "until", "do", "!", "{", "}", "time", "coproc", "function")
)


@dataclass
class Command:
    """One simple command. ``words`` are unquoted; what a variable or a substitution stands for is not known.

    ``inner``: the commands of its substitutions; ``fed_by``: those before it in its pipeline; ``writes``: targets of redirections;
    ``given``: the text of a here-document. ``group``: the subshells that it is in.
    """

    group: tuple[int, ...] = ()
    words: list[str] = field(default_factory=list)
    inner: list[Command] = field(default_factory=list)
    fed_by: list[Command] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    given: str = ""


def commands_of(text: str) -> list[Command]:
    """All simple commands, those of subshells and substitutions included. Never fails: an open quote goes to the end.

    Raises RecursionError for hostile nesting.
    """
    return _Parser(text.replace("\r\n", "\n")).commands("", ())


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._groups = 0
        self._awaited: list[tuple[str, bool, Command]] = []  # here-documents whose text is still to come

    def commands(self, closing: str, group: tuple[int, ...]) -> list[Command]:
        """Up to ``closing``, which is passed over, or to the end."""
        found: list[Command] = []
        pipeline: list[Command] = []
        current = Command(group)
        while self._at < len(self._text):
            char = self._text[self._at]
            if char == closing:
                self._at += 1
                break
            if char in " \t":
                self._at += 1
            elif self._ahead("\\\n"):
                self._at += 2
            elif char == "#":
                self._until("\n")
            elif char in "\n;)" or (char == "&" and not self._ahead("&>")):
                self._at += 2 if self._ahead("&&") else 1
                current, pipeline = self._done(current, pipeline, found), []
                if char == "\n":
                    self._take_documents()
            elif char == "|":
                either = self._ahead("||")
                self._at += 2 if either or self._ahead("|&") else 1
                current = self._done(current, pipeline, found)
                pipeline = [] if either else pipeline
                current.fed_by = list(pipeline)
            elif char == "(":
                if current.words:  # of a function: what follows is its body
                    current = self._done(current, pipeline, found)
                self._at += 1
                self._groups += 1
                below = self.commands(")", (*group, self._groups))
                for command in below:
                    command.fed_by = [*current.fed_by, *command.fed_by]
                found += below
                pipeline += below
            elif char in "<>&":
                self._redirection(current, found)
            else:
                word = self._word(current, found)
                if word.isdigit() and self._at < len(self._text) and self._text[self._at] in "<>":
                    continue  # the number of a stream
                if current.words or word not in _RESERVED:
                    current.words.append(word)
        self._done(current, pipeline, found)
        return found

    def _done(self, current: Command, pipeline: list[Command], found: list[Command]) -> Command:
        if current.words or current.writes or current.given:
            found.append(current)
            pipeline.append(current)
        return Command(current.group)

    def _redirection(self, current: Command, found: list[Command]) -> None:
        for mark in ("<<<", "<<-", "<<", "<(", ">(", "<>", "&>>", "&>", ">>", ">|", ">&", "<&", ">", "<"):
            if self._ahead(mark):
                break
        self._at += len(mark)
        if mark in ("<(", ">("):
            self._substituted(current, found)
            current.words.append("<(…)")
            return
        while self._at < len(self._text) and self._text[self._at] in " \t":
            self._at += 1
        target = self._word(current, found)
        if mark in ("<<", "<<-"):
            self._awaited.append((target, mark == "<<-", current))
        elif mark == "<<<":
            current.given += target
        elif ">" in mark and target and not (mark == ">&" and target.strip("-").isdigit()):
            current.writes.append(target)

    def _take_documents(self) -> None:
        for mark, tabs, command in self._awaited:
            while self._at < len(self._text):
                line = self._until("\n")
                self._at += 1
                if (line.lstrip("\t") if tabs else line) == mark:
                    break
                command.given += line + "\n"
        self._awaited = []

    def _word(self, current: Command, found: list[Command]) -> str:
        word: list[str] = []
        while self._at < len(self._text) and self._text[self._at] not in _META:
            char = self._text[self._at]
            if char == "'":
                self._at += 1
                word.append(self._until("'"))
                self._at += 1
            elif char == '"':
                self._at += 1
                word.append(self._double_quoted(current, found))
            elif self._ahead("$'"):
                self._at += 2
                word.append(self._until("'"))
                self._at += 1
            else:
                word.append(self._piece(current, found))
        return "".join(word)

    def _double_quoted(self, current: Command, found: list[Command]) -> str:
        word: list[str] = []
        while self._at < len(self._text):
            if self._text[self._at] == '"':
                self._at += 1
                break
            word.append(self._piece(current, found, quoted=True))
        return "".join(word)

    def _piece(self, current: Command, found: list[Command], *, quoted: bool = False) -> str:
        """One character, escape, variable in braces or substitution."""
        char = self._text[self._at]
        if char == "\\":
            escaped = self._text[self._at + 1 : self._at + 2]
            self._at += 2
            return "" if escaped == "\n" else "\\" + escaped if quoted and escaped not in '$`"\\' else escaped
        if self._ahead("$("):
            self._at += 2
            self._substituted(current, found)
            return "$(…)"
        if char == "`":
            self._at += 1
            below = commands_of(self._until("`"))
            self._at += 1
            current.inner += below
            found += below
            return "$(…)"
        if self._ahead("${"):
            return self._until("}") + self._taken()
        self._at += 1
        return char

    def _substituted(self, current: Command, found: list[Command]) -> None:
        self._groups += 1
        awaited, self._awaited = self._awaited, []
        below = self.commands(")", (*current.group, self._groups))
        self._awaited = awaited
        current.inner += below
        found += below

    def _taken(self) -> str:
        self._at += 1
        return self._text[self._at - 1 : self._at]

    def _ahead(self, mark: str) -> bool:
        return self._text.startswith(mark, self._at)

    def _until(self, mark: str) -> str:
        """The text before ``mark``, or to the end; stands at the mark then."""
        end = self._text.find(mark, self._at)
        end = len(self._text) if end < 0 else end
        text, self._at = self._text[self._at : end], end
        return text
