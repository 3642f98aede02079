"""A machine that is short of descriptors or processes: calls wait for room, and the run completes."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trio

from odw.errors import ExecutorError
from odw.executors import _process, _spawn
from odw.executors._process import Ended, run_process
from odw.executors._stream import Whole

ENV = {"PATH": os.environ["PATH"]}
SCRIPT = """
export const meta = {name: "crowd", description: "More calls than the machine has room for."};
const said = await parallel(Array.from({length: COUNT}, (_, i) => () => agent(`call ${i}`)));
return said.filter(text => text === "yes").length;
"""


async def run(word: str) -> tuple[Ended, str]:
    output = Whole()
    with trio.fail_after(60):
        ended = await run_process(
            ["sh", "-c", f"cat; echo {word}"],
            output,
            env=ENV,
            cwd="/",
            tag=f"crowd-{os.getpid()}.{word}.",
            stdin=b"",
        )
    return ended, output.text.strip()


@pytest.mark.parametrize("room", [1, 5])
async def test_who_finds_no_room_waits_for_those_who_run(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often the machine says no: with the pauses gone, only the end of another can help."""
    crowd = _spawn._Crowd()  # one of its own: another test of this process may have left someone in the other
    monkeypatch.setattr(_spawn, "crowd", crowd)
    monkeypatch.setattr(_process, "crowd", crowd)
    real, refused = trio.lowlevel.open_process, 0

    async def open_process(*args: Any, **options: Any) -> Any:
        nonlocal refused
        if crowd.size > room:
            refused += 1
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable")
        return await real(*args, **options)

    monkeypatch.setattr(trio.lowlevel, "open_process", open_process)
    monkeypatch.setattr(_spawn, "_PAUSES_S", (0.02,))
    said: list[str] = []

    async def one(number: int) -> None:
        ended, text = await run(f"yes-{number}")
        assert ended.code == 0
        said.append(text)

    async with trio.open_nursery() as nursery:
        for number in range(24):
            nursery.start_soon(one, number)
    assert sorted(said) == sorted(f"yes-{number}" for number in range(24))
    assert refused and not crowd.size


async def test_alone_on_a_machine_that_has_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    async def open_process(*args: Any, **options: Any) -> Any:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(_spawn, "crowd", _spawn._Crowd())
    monkeypatch.setattr(trio.lowlevel, "open_process", open_process)
    monkeypatch.setattr(_spawn, "_PAUSES_S", (0.001, 0.001))
    with pytest.raises(ExecutorError, match="cannot start sh: Resource temporarily unavailable") as raised:
        await run("no")
    assert (raised.value.category, raised.value.retryable) == ("transient", True)
    assert raised.value.hint is not None and "--concurrency" in raised.value.hint


def test_64_slots_and_few_descriptors(tmp_path: Path) -> None:
    """Without a single retry: nobody fails for lack of room, and the journal finds its descriptors."""
    (tmp_path / "odw.toml").write_text(
        'default_executor = "nap"\n[executors.nap]\nargv = ["sh", "-c", "cat {prompt_file} >&2; sleep 0.05; echo yes"]\n'
    )
    (tmp_path / "crowd.js").write_text(SCRIPT.strip().replace("COUNT", "120"))
    command = [sys.executable, "-m", "odw", "exec", "crowd.js", "--json", "--concurrency", "64"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (56, 56))

    done = subprocess.run(
        command, cwd=tmp_path, preexec_fn=limit, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, json.loads(done.stdout or "null")) == (0, 120), done.stderr
    journal = (tmp_path / ".odw" / "runs" / "latest" / "events.jsonl").read_text()
    assert '"agent_retry"' not in journal
