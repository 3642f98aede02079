"""``odw transpile SCRIPT``"""

from __future__ import annotations

import json
from typing import Any

from odw.cli.script import read_script, write_output
from odw.cli.terminal import show_findings
from odw.errors import ScriptRejected, UsageError


def transpile_command(values: dict[str, Any]) -> int:
    """Write a script in Python, as it is compiled or as people would write it; findings go to standard error. Raises ScriptRejected for errors that block a run."""
    if values["style"] == "dsl" and values["format"] != "python":
        raise UsageError("--style dsl writes Python text", hint="Leave out --format.")
    source = read_script(values["script"])
    if values["format"] == "js-ast":
        text = _tree(source)
    else:
        text = _python(source, values["format"], values["style"])
    write_output(values["output"], text)
    return 0


def _tree(source: Any) -> str:
    from odw.transpile.estree import to_json
    from odw.transpile.syntax import parse

    return json.dumps(to_json(parse(source)), indent=2) + "\n"


def _python(source: Any, form: str, style: str) -> str:
    from odw.transpile.driver import check_script, python_workflow, transpile_script
    from odw.transpile.rules import blocks_run

    checked = check_script(source)
    blocking = [d for d in checked.diagnostics if blocks_run(d)]
    if blocking:
        raise ScriptRejected("the script has errors", blocking)
    show_findings(checked.diagnostics)
    return python_workflow(checked) if style == "dsl" else transpile_script(source, form)
