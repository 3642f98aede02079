"""Plays recordings in the place of a program, and says how it was started. Loads only the standard library.

    python -S -E player.py LOG RECORDING…

The first start plays the first recording, the second one the second, and so on; the last one for ever. LOG gets a line of
JSON for each start: ``argv``, ``stdin``, ``env``, and the contents of the ``files`` that the command line names.
"""

import json
import os
import sys
from pathlib import Path


def main() -> int:
    log, *rest = sys.argv[1:]
    recordings = [word for word in rest if word.endswith(".jsonl")]
    argv = rest[len(recordings) :]
    named = [word for word in argv if word.startswith("/") and Path(word).is_file()]
    files = {word: Path(word).read_text("utf-8") for word in named}
    told = {"argv": argv, "stdin": sys.stdin.read(), "env": dict(os.environ), "files": files}
    with Path(log).open("a+", encoding="utf-8") as file:
        file.seek(0)
        starts = len(file.readlines())
        file.write(json.dumps(told) + "\n")
    recording = Path(recordings[min(starts, len(recordings) - 1)]).read_text("utf-8")
    first, _, lines = recording.partition("\n")
    head = json.loads(first)["recorded"]
    sys.stdout.write(lines)
    sys.stderr.write(head["stderr"])
    return int(head["exit"])


if __name__ == "__main__":
    sys.exit(main())
