"""What settings and odw.toml come to for a run, whoever starts it."""

from __future__ import annotations

from pathlib import Path

import trio.testing

import odw
from odw.loader import run_options
from odw.runtime.abc import CallRequest, Report
from odw.runtime.fakes import FakeExecutor, backend_of
from odw.settings import load_settings


def test_options_that_settings_do_not_have_win(tmp_path: Path) -> None:
    settings = load_settings({"concurrency": 3, "grace_s": 2.0}, environ={})
    options = run_options(tmp_path, settings, {"prices": {"m": {}}}, args=[1], grace_s=0.0)
    assert (options.project, options.args) == (str(tmp_path), [1])
    assert (options.concurrency, options.grace_s, options.prices) == (3, 0.0, {"m": {}})


@odw.workflow(name="three", description="Three calls at the same time")
async def three() -> int:
    return len(await odw.parallel([lambda n=n: odw.call(f"call {n}") for n in range(3)]))


def test_odw_run_keeps_to_what_odw_toml_says_of_a_runtime(tmp_path: Path) -> None:
    """Three calls that may run at once by ``concurrency``, and one at a time by the runtime's own."""
    flying, most = 0, 0

    async def answer(request: CallRequest) -> Report:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await trio.testing.wait_all_tasks_blocked()
        flying -= 1
        return Report(text="done")

    executor = FakeExecutor(answer)
    assert odw.run(three, backend=backend_of(executor), project=tmp_path, concurrency=3) == 3
    assert most == 3
    most = 0
    (tmp_path / "odw.toml").write_text(f"[runtimes.{executor.name}]\nconcurrency = 1\n", encoding="utf-8")
    assert odw.run(three, backend=backend_of(executor), project=tmp_path, concurrency=3) == 3
    assert most == 1
