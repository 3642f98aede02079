"""Runs one test in this process, in a fresh realm, and says whether it passed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, NamedTuple

from odw.ecma.abstract_ops.async_function_operations import start_async
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import to_host_string, to_string
from odw.ecma.completion import SCRIPT_ERRORS
from odw.ecma.realm import R
from odw.ecma.values import ObjectBase
from odw.errors import ScriptRejected
from odw.transpile.emit import CompiledScript, load
from tests.ecma.test262 import scope
from tests.ecma.test262.front_matter import FrontMatter, read_front_matter
from tests.ecma.test262.harness import Harness, Skipped, compile_test

Verdict = Literal["pass", "fail", "skip"]


class Outcome(NamedTuple):
    """``message``: why a test failed, or the reason for which it was skipped."""

    verdict: Verdict
    message: str = ""


PASSED = Outcome("pass")


def judge(suite: Path, test: str, harness: Harness) -> Outcome:
    """The outcome of ``suite / test``."""
    text = (suite / test).read_bytes().decode("utf-8")
    head = read_front_matter(text)
    if reason := scope.skipped_for(test, head):
        return Outcome("skip", reason)
    try:
        script = "module" not in head.flags
        compiled = compile_test(text, Path(test).name, script=script, may_link=head.phase == "parse")
    except Skipped as skipped:
        return Outcome("skip", skipped.reason)
    except ScriptRejected as rejected:
        return _judge_rejection(rejected, head)
    if head.phase == "parse":
        return Outcome("fail", f"accepted, but a {head.error} was expected")
    return _run(compiled, head, harness)


def _judge_rejection(rejected: ScriptRejected, head: FrontMatter) -> Outcome:
    found = rejected.diagnostics[0]
    if found.code != "ODW200":
        return Outcome("fail", f"{found.code} {found.message}")
    if head.phase == "parse" and head.error == "SyntaxError":
        return PASSED
    return Outcome("fail", f"SyntaxError: {found.message}")


def _run(compiled: CompiledScript, head: FrontMatter, harness: Harness) -> Outcome:
    includes = [] if "raw" in head.flags else ["assert.js", "sta.js", *head.includes]
    if "async" in head.flags and "doneprintHandle.js" not in includes:
        includes.append("doneprintHandle.js")
    with harness.realm(includes) as host:
        try:
            promise = start_async(load(compiled)["workflow"]())
            R.jobs.run_all()
        except SCRIPT_ERRORS as error:
            return Outcome("fail", f"threw outside every promise: {error!r}")
        finally:
            R.jobs.close_all()
        if host.skip:
            return Outcome("skip", host.skip)
        if promise.state == "rejected":
            return _judge_throw(promise.value, head)
        if head.phase:
            return Outcome("fail", f"no error, but a {head.error} was expected")
        if promise.state == "pending":
            return Outcome("fail", "the module never ended")
        return _judge_printed(host.printed) if "async" in head.flags else PASSED


def _judge_throw(thrown: Any, head: FrontMatter) -> Outcome:
    name = describe(thrown, "constructor", "name")
    if head.phase == "runtime" and name == head.error:
        return PASSED
    return Outcome("fail", f"{name}: {describe(thrown, 'message')}")


def _judge_printed(lines: list[str]) -> Outcome:
    for line in lines:
        if line == "Test262:AsyncTestComplete":
            return PASSED
        if line.startswith("Test262:AsyncTestFailure:"):
            return Outcome("fail", line.removeprefix("Test262:AsyncTestFailure:"))
    return Outcome("fail", "$DONE was not called")


def describe(value: Any, *path: str) -> str:
    """The text of a property of a thrown value, or of the value itself if it is no object."""
    try:
        if not isinstance(value, ObjectBase):
            return to_host_string(to_string(value))
        for key in path:
            value = get(value, key)
        return to_host_string(to_string(value))
    except SCRIPT_ERRORS:
        return "?"
