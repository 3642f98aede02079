"""A directory with programs for ``odw task``: each is a few lines of shell, declared in odw.toml."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from odw.runtime.process_tags import VARIABLE, strike

TAG = f"tasktest{os.getpid()}."  # of all that these tests start
PROGRAMS = """\
[executors.echo]
argv = ["sh", "-c", "echo you said:; cat"]
[executors.slow]
argv = ["sh", "-c", "echo at work >&2; sleep 300 & wait"]
[executors.deaf]
argv = ["sh", "-c", "trap '' TERM; echo at work >&2; sleep 300; sleep 300"]
[executors.ask]
argv = ["sh", "-c", "grep -q blue && echo It is blue. || printf 'Hm.\\\\nNEEDS_INPUT: which colour?\\\\n'"]
[executors.broken]
argv = ["sh", "-c", "echo half an answer; echo out of order >&2; exit 3"]
[executors.locked]
argv = ["sh", "-c", "exit 77"]
exit_codes = {77 = "authentication"}
[executors.leak]
argv = ["sh", "-c", "echo the key is $LEAK_API_KEY; echo and $LEAK_API_KEY >&2"]
pass_env = ["LEAK_API_KEY"]
[executors.tokens]
argv = ["sh", "-c", "echo '{\\"said\\": \\"Well.\\", \\"in\\": 10, \\"out\\": 4, \\"usd\\": 0.5}'"]
output = "json"
result = "said"
usage = {input = "in", output = "out", cost = "usd"}
"""


class TaskCase:
    """``case("exec", "--task", "x")`` is ``odw task exec …`` in a process of its own, in the directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []
        (folder / "odw.toml").write_text(PROGRAMS)

    def __call__(
        self, *words: str, stdin: str = "", env: dict[str, str] | None = None, program: str = "odw"
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words, program=program), input=stdin, capture_output=True, text=True, cwd=self.folder,
            env=self.environment(env), timeout=60, check=False,
        )  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """The same, not waited for."""
        process = subprocess.Popen(
            self.command(*words), cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.started.append(process)
        return process

    def command(self, *words: str, program: str = "odw") -> list[str]:
        if program == "odw":
            return [sys.executable, "-m", "odw", "task", *words]
        return [*PANDACODE, *words]

    def environment(self, env: dict[str, str] | None = None) -> dict[str, str]:
        return {**os.environ, VARIABLE: TAG, "ODW_CACHE_DIR": str(self.folder / "cache"), **(env or {})}

    def json(self, *words: str, **more: Any) -> Any:
        """What ``--json`` prints: one line."""
        done = self(*words, "--json", **more)
        [line] = done.stdout.splitlines()
        return json.loads(line)

    def with_opencode(self) -> Path:
        """Declare ``oc``, an opencode that is none; the directory in which it notes what it was given."""
        fake = Path(__file__).parents[1] / "executors/fakes/opencode.py"
        home = self.folder / "home"
        home.mkdir()
        (self.folder / "odw.toml").write_text(
            f'[executors.oc]\nuse = "opencode"\nprogram = {json.dumps([sys.executable, str(fake)])}\n'
            f"env = {{FAKE_HOME = {json.dumps(str(home))}}}\n"
        )
        return home

    def state(self, session: str) -> dict[str, Any]:
        """state.json; {} if there is none yet."""
        try:
            found: dict[str, Any] = json.loads(
                (self.folder / ".odw/tasks" / session / "state.json").read_text()
            )
        except OSError:
            return {}
        return found

    def said(self, session: str, text: str) -> bool:
        """Whether the events of a session have the text."""
        try:
            return text in (self.folder / ".odw/tasks" / session / "events.jsonl").read_text()
        except OSError:
            return False


PANDACODE = (sys.executable, "-c", "import sys; from odw.cli.pandacode import main; sys.exit(main())")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[TaskCase]:
    made = TaskCase(tmp_path)
    yield made
    for process in made.started:
        process.kill()
        process.wait()
    strike(TAG)
