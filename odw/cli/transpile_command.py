"""``odw transpile SCRIPT``"""

from __future__ import annotations

import json
from typing import Any

from odw.cli.script import read_script, write_output
from odw.cli.terminal import show_findings
from odw.errors import ScriptRejected


def transpile_command(values: dict[str, Any]) -> int:
    """Write the compiled form of a script; findings go to standard error. Raises ScriptRejected for errors that block a run."""
    source = read_script(values["script"])
    text = _tree(source) if values["format"] == "js-ast" else _python(source, values["format"])
    write_output(values["output"], text)
    return 0


def _tree(source: Any) -> str:
    from odw.transpile.estree import to_json
    from odw.transpile.syntax import parse

    return json.dumps(to_json(parse(source)), indent=2) + "\n"


def _python(source: Any, form: str) -> str:
    from odw.transpile.driver import check_script, transpile_script
    from odw.transpile.rules import blocks_run

    checked = check_script(source)
    blocking = [d for d in checked.diagnostics if blocks_run(d)]
    if blocking:
        raise ScriptRejected("the script has errors", blocking)
    show_findings(checked.diagnostics)
    return transpile_script(source, form)
