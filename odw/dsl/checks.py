"""What would make a workflow in Python take another way on resume, found in its text. ``odw lint FILE.py``.

The rules have the codes of those for scripts, where there is one. A ``@step`` function may do anything: it runs once. There is no
sandbox, and this is no proof: it sees calls by their imported names. ``# odw-allow ODW101 reason`` in a line silences it there.
"""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from odw.diagnostics import Diagnostic, Severity, Span
from odw.dsl.imported_names import ImportedNames
from odw.dsl.syntax_errors import syntax_finding


class Ban(NamedTuple):
    """Names that a workflow should not use: dotted, a trailing ``.`` for all that is below."""

    code: str
    rule: str
    severity: Severity
    names: tuple[str, ...]
    reason: str
    instead: str


BANS = (
    Ban(
        "ODW101", "wall-clock", "error",
        (
            "time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns",
            "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
            "trio.current_time",
        ),
        "differs from run to run", "Ask odw.now(), which is recorded, or pass the time in as an argument.",
    ),
    Ban(
        "ODW102", "random-source", "error",
        ("random.", "secrets.", "os.urandom", "uuid.uuid1", "uuid.uuid4", "numpy.random."),
        "differs from run to run", "Use odw.random() or odw.uuid(), which are recorded, or random.Random(seed).",
    ),
    Ban(
        "ODW103", "timers", "warning",
        ("time.sleep", "asyncio.sleep", "trio.sleep", "trio.sleep_until", "trio.move_on_after", "trio.fail_after"),
        "is not recorded: a resume waits again, and what it races with may end differently",
        "Use odw.sleep(seconds) and async with odw.timeout(seconds).",
    ),
    Ban(
        "ODW104", "ambient-io", "warning",
        (
            "os.environ", "os.getenv", "os.listdir", "os.walk", "open", "input", "subprocess.", "socket.", "requests.",
            "httpx.", "urllib.request.", "trio.run_process", "trio.open_file",
        ),
        "reads what may have changed by the time of a resume", "Do it in an @odw.step function, whose result is recorded.",
    ),
    Ban(
        "ODW107", "bare-threads", "warning",
        ("threading.Thread", "threading.Timer", "concurrent.futures.", "multiprocessing.", "asyncio.create_task", "asyncio.gather"),
        "runs beside the workflow, in an order that nobody records",
        "Use odw.parallel, a trio nursery, or a @odw.step that does it as a whole.",
    ),
)  # fmt: skip
_SEEDED = "random.Random"
_CALLS = frozenset(
    f"odw.{name}"
    for name in (
        "call",
        "parallel",
        "parallel_map",
        "pipeline",
        "gather",
        "gather_settled",
        "race",
        "sleep",
        "workflow",
    )
)
_FAN_OUTS = {
    "odw.parallel": 0,
    "odw.parallel_map": 1,
    "odw.pipeline": 0,
    "odw.gather": 0,
    "odw.gather_settled": 0,
}
_ALLOW = re.compile(r"#\s*odw-allow\b[:\s]*((?:[\w-]+[,\s]+)*[\w-]+)")


def check_text(data: bytes, file: str) -> list[Diagnostic]:
    """The findings about one file, in the order of its lines; a syntax error alone when it does not parse."""
    try:
        tree = ast.parse(data, file)
    except SyntaxError as error:
        return [syntax_finding(file, error)]
    except ValueError as error:
        return [syntax_finding(file, SyntaxError(str(error)))]
    lines = data.decode("utf-8-sig", "replace").splitlines()
    checker = _Checker(file, lines)
    checker.visit(tree)
    return sorted(checker.findings, key=lambda found: found.span)


class _Checker(ast.NodeVisitor):
    def __init__(self, file: str, lines: list[str]) -> None:
        self.findings: list[Diagnostic] = []
        self._file = file
        self._lines = lines
        self._names = ImportedNames()
        self._path = self._names.path
        self._agents: set[str] = set()

    # --- what is looked at -----------------------------------------------------------------------------------------

    def visit_Module(self, node: ast.Module) -> None:
        for statement in node.body:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                self._names.read(statement)
        for statement in node.body:
            if isinstance(statement, ast.AsyncFunctionDef) and self._is(statement, "odw.agent", "odw.step"):
                self._agents.add(statement.name)
        for statement in node.body:
            if not _is_main_guard(statement):
                self.visit(statement)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if self._is(node, "odw.step"):
            return
        self._names.hidden.append(
            {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
        )
        self.generic_visit(node)
        self._names.hidden.pop()

    def _is(self, node: ast.FunctionDef | ast.AsyncFunctionDef, *decorators: str) -> bool:
        return any(self._names.decorator(node, name) is not None for name in decorators)

    def visit_Import(self, node: ast.Import) -> None:
        self._names.read(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._names.read(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        call = node.value
        if isinstance(call, ast.Call):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            if self._path(call.func) in _CALLS or name in self._agents:
                what = ast.unparse(call.func)
                self._report(
                    call, "ODW301", "floating-agent-call", "warning",
                    f"{what}(…) is not awaited, so it never runs", f"Write await {what}(…).",
                )  # fmt: skip
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not self._banned(node):
            self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._banned(node)

    def visit_Call(self, node: ast.Call) -> None:
        path = self._path(node.func)
        if path == _SEEDED and node.args:
            for argument in node.args:
                self.visit(argument)
            return
        position = _FAN_OUTS.get(path or "")
        if position is not None and len(node.args) > position:
            self._ordered(node.args[position])
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        if any(isinstance(inner, ast.Await) for statement in node.body for inner in ast.walk(statement)):
            self._ordered(node.iter)
        self.generic_visit(node)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        if any(isinstance(inner, ast.Await) for inner in ast.walk(node.elt)):
            self._ordered(node.generators[0].iter)
        self.generic_visit(node)

    # --- findings ----------------------------------------------------------------------------------------------------

    def _ordered(self, node: ast.expr) -> None:
        made = isinstance(node, ast.Call) and self._path(node.func) in ("set", "frozenset")
        if made or isinstance(node, ast.Set | ast.SetComp):
            self._report(
                node, "ODW106", "unordered-iteration", "error",
                "a set has another order in every process, and calls follow it", "Sort it first: sorted(…).",
            )  # fmt: skip

    def _banned(self, node: ast.expr) -> bool:
        path = self._path(node)
        if path is None:
            return False
        for ban in BANS:
            if any(path == name or (name.endswith(".") and path.startswith(name)) for name in ban.names):
                self._report(node, ban.code, ban.rule, ban.severity, f"{path} {ban.reason}", ban.instead)
                return True
        return False

    def _report(
        self, node: ast.expr, code: str, rule: str, severity: Severity, message: str, instead: str
    ) -> None:
        line = self._lines[node.lineno - 1] if node.lineno <= len(self._lines) else ""
        allowed = _ALLOW.search(line)
        if allowed and {code, rule} & set(re.split(r"[,\s]+", allowed[1])):
            return
        end_line = node.end_lineno or node.lineno
        start = _characters(line, node.col_offset)
        end = _characters(self._lines[end_line - 1], node.end_col_offset or 0)
        span = Span(node.lineno, start, end_line, end)
        self.findings.append(Diagnostic(code, rule, severity, message, self._file, span, line, instead))


def _characters(line: str, byte_offset: int) -> int:
    return len(line.encode("utf-8")[:byte_offset].decode("utf-8", "ignore"))


def _is_main_guard(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"
