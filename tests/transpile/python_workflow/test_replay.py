"""What is written in Python for a script replays the script's journal fully, and gives its result and its log."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fuzz.workflow_scripts import workflow_scripts
from script_maker import make_script
from written_runs import differences, written

from odw.errors import ScriptRejected
from odw.runtime.abc import ABSENT

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples" / "js").glob("*.js"))
WORKFLOWS = sorted((ROOT / "tests" / "parity" / "workflows").glob("*.js"))
ARGS = json.loads((ROOT / "tests" / "parity" / "workflows" / "args.json").read_text("utf-8"))

SAMPLE = workflow_scripts(209, 24)

# what has no form in Python: the words of the refusal
REFUSED = {
    "classes_everywhere.js": "a static block",
    "console_lines.js": "a BigInt",
    "generators.js": "this outside a class",
    "hashes.js": "a BigInt",
    "null_handling.js": "an object with a then of its own",
    "reflection.js": "new Proxy",
    "structured_data.js": "a hole in an array",
    "switch_and_labels.js": "this outside a class",
    "then_chains.js": "an object with a then of its own",
}
# what is written, and differs: docs/transpile-to-python.md says how
DIFFERS = {
    "microtask_order.js": "between two waits Python's tasks run whole, promise jobs do not interleave",
    "nested_templates.js": "the strings that a tag gets are new each time",
    "never_settles.js": "a wait without end is not found out",
    "shadowed_hooks.js": "Python words the error for a name that has no value yet",
    "timers.js": "a timer's function runs in a task of its own",
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_replays(path: Path, tmp_path: Path) -> None:
    for example in EXAMPLES:  # some run others
        shutil.copy(example, tmp_path)
    assert differences(tmp_path / path.name) == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_that_use_all_of_the_language_replay(path: Path, tmp_path: Path) -> None:
    if path.name in DIFFERS:
        pytest.skip(DIFFERS[path.name])
    if path.name in REFUSED:
        with pytest.raises(ScriptRejected) as caught:
            written(path)
        assert caught.value.diagnostics[0].message.startswith(REFUSED[path.name])
        return
    shutil.copy(path, tmp_path)
    assert differences(tmp_path / path.name, ARGS.get(path.name, ABSENT)) == []


@pytest.mark.parametrize("seed", range(24))
def test_made_scripts_replay(seed: int, tmp_path: Path) -> None:
    script = tmp_path / f"made_{seed}.js"
    script.write_text(make_script(seed))
    assert differences(script) == []


@pytest.mark.parametrize("number", range(24))
def test_scripts_like_those_of_coding_agents_replay(number: int, tmp_path: Path) -> None:
    script = tmp_path / f"agents_{number}.js"
    script.write_text(SAMPLE[number])
    assert differences(script) == []
