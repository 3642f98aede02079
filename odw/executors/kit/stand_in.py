"""A stand-in for an agent's program: it does what a play says, in the dialect of the program that it stands in for.

``stand_in.py DIALECT PLAY WORDS…``: DIALECT is a Python file (see ``dialects``), PLAY a JSON file, WORDS what the executor
wrote on the command line. ``{"acts": [steps, …], "options": …, "marks": […], "witness": directory}``: each start of the program
takes the next act, the last one again and again; a step is a list of a name and its arguments, a method of ``Actor``. What it
was given is written to ``witness/N.json``. It imports nothing of odw: the real program would not either.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
import time
from typing import Any

FOREVER_S = 600
BLOCK = b"." * (1 << 16)


class Actor:
    """One start of the program. Everything that it writes goes out at once."""

    def __init__(self, dialect: Any, play: dict[str, Any], words: list[str]) -> None:
        self.dialect = dialect
        self.play = play
        self.words = words
        self.bytewise = False
        self.given = b""

    def perform(self) -> None:
        number = self._take_number()
        self.witness_file = f"{self.play['witness']}/{number}.json"
        self.testify()
        acts = self.play["acts"]
        for name, *arguments in acts[min(number, len(acts) - 1)]:
            getattr(self, name)(*arguments)

    def _take_number(self) -> int:
        """How many starts there were before; two at once get different ones."""
        number = 0
        while True:
            try:
                os.close(os.open(f"{self.play['witness']}/{number}.json", os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:
                number += 1
            else:
                return number

    def testify(self) -> None:
        """What it was given: words, names of variables, and in which places each mark of the play was found."""
        texts = {"stdin": self.given, "argv": "\n".join(self.words).encode("utf-8", "surrogateescape")}
        for word in self.words:
            path = word.partition("=")[2] if word.startswith("-") and "=" in word else word.lstrip("@")
            if os.path.isfile(path):  # noqa: PTH113
                with open(path, "rb") as file:  # noqa: PTH123
                    texts["file"] = texts.get("file", b"") + file.read()
        seen = {
            mark: [place for place, text in texts.items() if mark.encode() in text]
            for mark in self.play["marks"]
        }
        told = {
            "words": self.words,
            "variables": sorted(os.environ),
            "marks": seen,
            "longest": max((len(word) for word in self.words), default=0),
            "lengths": {place: len(text) for place, text in texts.items()},
        }
        with open(f"{self.witness_file}.part", "w") as file:  # noqa: PTH123
            json.dump(told, file)
        os.replace(f"{self.witness_file}.part", self.witness_file)  # noqa: PTH105

    # Steps

    def read(self) -> None:
        """Standard input to its end."""
        parts = []
        while part := os.read(0, 1 << 20):
            parts.append(part)
        self.given = b"".join(parts)
        self.testify()

    def tell(self, kind: str, *arguments: Any) -> None:
        """What the dialect says for ``kind``."""
        for line in getattr(self.dialect, kind)(*arguments):
            self._write(as_line(line))

    def raw(self, encoded: str) -> None:
        """Any bytes, base64."""
        self._write(base64.b64decode(encoded))

    def err(self, text: str) -> None:
        self._write(text.encode(), 2)

    def cut(self) -> None:
        """From here on each byte is written by itself."""
        self.bytewise = True

    def line(self, length: int) -> None:
        """One line of so many bytes."""
        while length > 0:
            self._write(BLOCK[:length])
            length -= len(BLOCK)
        self._write(b"\n")

    def noise(self, length: int) -> None:
        """At least so many bytes of what the agent says on the way, in lines of 64 KB."""
        block = b"".join(map(as_line, self.dialect.say(BLOCK.decode()))) or BLOCK[1:] + b"\n"
        for _ in range(length // len(block) + 1):
            self._write(block)

    def chatter(self) -> None:
        """A line now and then, for ever."""
        for _ in range(FOREVER_S * 20):
            self.tell("say", "still at it")
            self.err("still at it\n")
            time.sleep(0.05)

    def hang(self) -> None:
        time.sleep(FOREVER_S)

    def deaf(self) -> None:
        """SIGTERM does nothing from here on, here and in children."""
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    def spawn(self, how: str) -> None:
        """A process that holds the pipes and hangs: ``plain``, ``setsid`` (a session of its own), ``daemon`` (an orphan)."""
        if how == "daemon":
            child = os.fork()
            if child == 0:
                os.setsid()
                if os.fork() == 0:
                    self._hang_for_good()
                os._exit(0)
            os.waitpid(child, 0)
            return
        read_end, write_end = os.pipe()
        if os.fork() == 0:
            if how == "setsid":
                os.setsid()
            os.write(write_end, b".")
            self._hang_for_good()
        os.read(read_end, 1)

    def _hang_for_good(self) -> None:
        time.sleep(FOREVER_S)
        os._exit(0)

    def die(self, number: int) -> None:
        """By a signal, without a core file."""
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        time.sleep(FOREVER_S)

    def exit(self, code: int) -> None:
        os._exit(code)

    def _write(self, data: bytes, descriptor: int = 1) -> None:
        while data:
            written = os.write(descriptor, data[:1] if self.bytewise else data)
            data = data[written:]


def as_line(line: Any) -> bytes:
    """A text as it is, anything else as JSON; NaN among it is written as Python does, which is not JSON."""
    text = line if isinstance(line, str) else json.dumps(line)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def load_dialect(path: str, options: dict[str, Any]) -> Any:
    """The ``Dialect`` that a file defines, made with the subject's table."""
    with open(path, "rb") as file:  # noqa: PTH123
        code = compile(file.read(), path, "exec")
    namespace: dict[str, Any] = {"__name__": "dialect", "__file__": path}
    exec(code, namespace)
    return namespace["Dialect"](options)


def main() -> None:
    dialect, play_file, *words = sys.argv[1:]
    with open(play_file, "rb") as file:  # noqa: PTH123
        play = json.load(file)
    Actor(load_dialect(dialect, play["options"]), play, words).perform()
    os._exit(0)


if __name__ == "__main__":
    main()
