"""``python -m odw.cli.task.driver DIRECTORY SESSION LOCK``: works on a turn in the background.

The turn comes on standard input, the session's lock as an open descriptor. Standard error is the session's ``driver.log``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from odw.cli.task.runtimes import executor_of
from odw.cli.task.store import TaskSession
from odw.cli.task.turn import Turn, work
from odw.errors import OdwError
from odw.runtime.redact import redactor
from odw.settings_file import read_project_file


def main() -> int:
    """Returns the exit code: 0 once the report is on the disk, whatever it says."""
    directory, name, lock = sys.argv[1:]
    os.set_inheritable(int(lock), False)  # or the agents would keep the session locked
    try:
        _work(TaskSession(Path(directory), name))
    except OdwError as error:
        sys.stderr.write(redactor().text(f"{error.message}\n"))
        return error.exit_code
    except Exception:  # noqa: BLE001 - the outermost frame: odw task status shows what it said
        import traceback

        sys.stderr.write(redactor().text(traceback.format_exc()))
        return 70
    return 0


def _work(session: TaskSession) -> None:
    turn = Turn(**json.loads(sys.stdin.buffer.read()))
    report = session.load()
    settings = report["settings"]
    file = read_project_file(session.place)
    executor = executor_of(report["runtime"], settings["provider"], settings["mock_file"], file)
    work(session, turn, executor, show=False)


if __name__ == "__main__":
    sys.exit(main())
