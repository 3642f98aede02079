"""The inspection of a workflow in Python, from its text: meta, phases and call sites. ``odw inspect FILE.py``, ``odw graph FILE.py``.

    async with odw.phase("Verify"): await odw.parallel_map(is_real, findings)
    ->  Site(hook="parallel", …), Site(hook="agent", within=0, many=True, phase="Verify", prompt="Try to refute …", …)

Only what the workflow reaches by the names of functions in the same file is looked at.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from odw.dsl.checks import check_text
from odw.dsl.imported_names import ImportedNames
from odw.dsl.options import contract_name
from odw.dsl.syntax_errors import syntax_finding
from odw.errors import ScriptRejected, UsageError
from odw.inspection import HOLE, Inspection, Site, phases_of

Function = ast.FunctionDef | ast.AsyncFunctionDef

# hook of odw -> what it is called in an inspection, which of its arguments are run, and whether each may run many times
_FANOUTS = {
    "odw.parallel": ("parallel", 0),
    "odw.parallel_map": ("parallel", 0),
    "odw.gather": ("parallel", 0),
    "odw.gather_settled": ("parallel", 0),
    "odw.race": ("parallel", 0),
    "odw.pipeline": ("pipeline", 1),
}
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def inspect_text(data: bytes, file: str, wanted: str | None = None) -> Inspection:
    """The inspection of the workflow named ``wanted`` in a file's text, else of the only one. Raises UsageError, ScriptRejected."""
    try:
        tree = ast.parse(data, file)
    except (SyntaxError, ValueError) as error:
        finding = syntax_finding(file, error if isinstance(error, SyntaxError) else SyntaxError(str(error)))
        raise ScriptRejected(f"{file}:{finding.span.line}: {finding.message}", [finding]) from None
    names = ImportedNames()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names.read(node)
    module = _Module(tree, names)
    function, meta = module.workflow(file, wanted)
    sites = tuple(_Reader(module).read(function))
    return Inspection(file, meta, phases_of(meta, sites), sites, tuple(check_text(data, file)))


class _Module:
    """The functions of a file by name, and which of them are workflows and agents."""

    def __init__(self, tree: ast.Module, names: ImportedNames) -> None:
        self.names = names
        self.functions: dict[str, Function] = {
            node.name: node for node in ast.walk(tree) if isinstance(node, Function)
        }
        self.agents: dict[str, tuple[Function, ast.expr]] = {}
        self._workflows: dict[str, tuple[Function, dict[str, Any]]] = {}
        for name, function in self.functions.items():
            entry = names.decorator(function, "odw.agent")
            if entry is not None:
                self.agents[name] = (function, entry)
            entry = names.decorator(function, "odw.workflow")
            if entry is not None:
                self._workflows[name] = (function, _meta(function, entry))

    def workflow(self, file: str, wanted: str | None) -> tuple[Function, dict[str, Any]]:
        known = ", ".join(sorted(str(meta["name"]) for _, meta in self._workflows.values()))
        if wanted is not None:
            for name, (function, meta) in self._workflows.items():
                if wanted in (name, meta["name"]):
                    return function, meta
            raise UsageError(f"{file} has no workflow {wanted!r}", hint=f"There are: {known or 'none'}.")
        if len(self._workflows) == 1:
            return next(iter(self._workflows.values()))
        if not self._workflows:
            raise UsageError(
                f"{file} defines no workflow", hint="Decorate an async function with @odw.workflow."
            )
        raise UsageError(
            f"{file} defines {len(self._workflows)} workflows",
            hint=f"Name one: {file}:NAME. There are: {known}.",
        )


def _meta(function: Function, decorator: ast.expr) -> dict[str, Any]:
    given = _keywords(decorator)
    meta = {
        "name": given.pop("name", None) or function.name.replace("_", "-"),
        "description": given.pop("description", None)
        or (ast.get_docstring(function) or "").partition("\n\n")[0],
    }
    return {**meta, **{contract_name(name): value for name, value in given.items() if value is not None}}


def _keywords(call: ast.expr) -> dict[str, Any]:
    """The keyword arguments whose values stand in the text."""
    found: dict[str, Any] = {}
    for keyword in call.keywords if isinstance(call, ast.Call) else ():
        try:
            found[keyword.arg or ""] = ast.literal_eval(keyword.value)
        except ValueError:
            continue
    return found


class _Place(NamedTuple):
    """Where the reader stands: as ``Site`` says."""

    function: str
    phase: str | None = None
    within: int | None = None
    stage: int | None = None
    many: bool = False
    conditional: bool = False


class _Reader:
    """Walks the workflow's function, and the functions of the file that it names, once each, in the order of the text."""

    def __init__(self, module: _Module) -> None:
        self._module = module
        self._path = module.names.path
        self._sites: list[Site] = []
        self._seen: set[str] = set()

    def read(self, function: Function) -> list[Site]:
        self._enter(function.name, _Place(""))
        return self._sites

    def _enter(self, name: str, place: _Place) -> None:
        """The body of a function of the file, as part of the place where it is named."""
        function = self._module.functions.get(name)
        if function is None or name in self._seen or name in self._module.agents:
            return
        self._seen.add(name)
        if self._module.names.decorator(function, "odw.step") is None:
            self._block(
                function.body, place._replace(function=function.name if self._sites else place.function)
            )

    def _block(self, body: list[ast.stmt], place: _Place) -> None:
        for statement in body:
            call = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(call, ast.Call) and self._path(call.func) == "odw.phase":
                place = place._replace(phase=_text(call.args[0]) if call.args else None)
                self._add("phase", call, place, place.phase, {}, (), False)
                continue
            self._statement(statement, place)

    def _statement(self, node: ast.AST, place: _Place) -> None:
        if isinstance(node, Function | ast.ClassDef):
            return  # looked at where it is named
        if isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                call = item.context_expr
                if isinstance(call, ast.Call) and self._path(call.func) == "odw.phase":
                    place = place._replace(phase=_text(call.args[0]) if call.args else None)
                    self._add("phase", call, place, place.phase, {}, (), False)
                else:
                    self._statement(call, place)
            self._block(node.body, place)
        elif isinstance(node, _LOOPS):
            self._statement(node.iter if isinstance(node, ast.For | ast.AsyncFor) else node.test, place)
            self._block(node.body, place._replace(many=True))
            self._block(node.orelse, place)
        elif isinstance(node, ast.If | ast.IfExp):
            self._statement(node.test, place)
            inside = place._replace(conditional=True)
            for branch in (node.body, node.orelse):
                if isinstance(branch, list):
                    self._block(branch, inside)
                else:
                    self._statement(branch, inside)
        elif isinstance(node, ast.Try):
            self._block(node.body, place)
            for handler in node.handlers:
                self._block(handler.body, place._replace(conditional=True))
            self._block([*node.orelse, *node.finalbody], place)
        elif isinstance(node, ast.BoolOp):
            self._statement(node.values[0], place)
            for value in node.values[1:]:
                self._statement(value, place._replace(conditional=True))
        elif isinstance(node, ast.Match):
            self._statement(node.subject, place)
            for case in node.cases:
                self._block(case.body, place._replace(conditional=True))
        elif isinstance(node, _COMPREHENSIONS):
            self._comprehension(node, place)
        elif isinstance(node, ast.Call):
            self._call(node, place)
        elif isinstance(node, ast.Name):
            self._enter(node.id, place)
        else:
            for child in ast.iter_child_nodes(node):
                self._statement(child, place)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, place: _Place
    ) -> None:
        first = node.generators[0].iter
        self._statement(first, place)
        inside = place._replace(many=True)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.comprehension):
                for part in ([] if child.iter is first else [child.iter]) + child.ifs:
                    self._statement(part, inside)
            else:
                self._statement(child, inside)

    def _call(self, node: ast.Call, place: _Place) -> None:
        path = self._path(node.func)
        if path in _FANOUTS:
            self._fan_out(path, node, place)
            return
        if path == "odw.call":
            self._agent(node, _text(node.args[0]) if node.args else None, node.keywords, {}, place)
        elif path == "odw.workflow":
            self._add("workflow", node, place, _text(node.args[0]) if node.args else None, {}, (), False)
        elif isinstance(node.func, ast.Name) and node.func.id in self._module.agents:
            self._named(node, node.func.id, place)
        else:
            self._statement(node.func, place)
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            self._statement(argument, place)

    def _fan_out(self, path: str, node: ast.Call, place: _Place) -> None:
        hook, first = _FANOUTS[path]
        number = self._add(hook, node, place, None, *_options(node.keywords))
        inside = place._replace(within=number, stage=None, many=False, conditional=False)
        for position, argument in enumerate(node.args):
            if path == "odw.pipeline":
                if position < first:
                    self._statement(argument, place)
                else:
                    self._slot(argument, inside._replace(stage=position - first))
            elif path == "odw.parallel_map":
                self._slot(argument, inside._replace(many=True)) if position == 0 else self._statement(
                    argument, place
                )
            else:
                self._slot(argument, inside)

    def _slot(self, node: ast.expr, place: _Place) -> None:
        """What a fan-out runs: a function by its name, a lambda, or calls."""
        if isinstance(node, ast.Name) and node.id in self._module.agents:
            self._named(node, node.id, place)
        elif isinstance(node, ast.Lambda):
            self._statement(node.body, place)
        elif isinstance(node, ast.List | ast.Tuple):
            for element in node.elts:
                self._slot(element, place)
        else:
            self._statement(node, place)

    def _named(self, node: ast.expr, name: str, place: _Place) -> None:
        """An ``@agent`` function that is called, or handed to a fan-out."""
        function, decorator = self._module.agents[name]
        keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
        prompt = ast.get_docstring(function)
        more: Mapping[str, Any] = {}
        for statement in ast.walk(function):
            if isinstance(statement, ast.Return) and statement.value is not None:
                said = statement.value
                if isinstance(said, ast.Call) and self._path(said.func) == "odw.prompt":
                    more = _keywords(said)
                    said = said.args[0] if said.args else ast.Constant(None)
                prompt = _text(said) or prompt
        returns = ast.unparse(function.returns) if function.returns else "str"
        self._agent(node, prompt, keywords, more, place, typed=returns not in ("str", "None", "Any"))

    def _agent(
        self,
        node: ast.expr,
        prompt: str | None,
        keywords: list[ast.keyword],
        more: Mapping[str, Any],
        place: _Place,
        typed: bool = False,
    ) -> None:
        options, dynamic, more_options = _options(keywords)
        options.update({contract_name(name): value for name, value in more.items()})
        if typed and "schema" not in options and "schema" not in dynamic:
            dynamic = (*dynamic, "schema")
        phase = options.get("phase")
        own = place._replace(phase=phase if isinstance(phase, str) else place.phase)
        self._add("agent", node, own, prompt, options, dynamic, more_options)

    def _add(
        self,
        hook: str,
        node: ast.expr,
        place: _Place,
        prompt: str | None,
        options: dict[str, Any],
        dynamic: tuple[str, ...],
        more: bool,
    ) -> int:
        number = len(self._sites)
        site = Site(
            number, hook, node.lineno, node.col_offset + 1, node.end_lineno or node.lineno, prompt, options, dynamic, more,
            place.phase, place.within, place.stage, place.many, place.conditional, place.function,
        )  # fmt: skip
        self._sites.append(site)
        return number


def _options(keywords: list[ast.keyword]) -> tuple[dict[str, Any], tuple[str, ...], bool]:
    """Options as the contract spells them: those that stand in the text, the names of the others, and whether there may be more."""
    known: dict[str, Any] = {}
    dynamic: list[str] = []
    for keyword in keywords:
        if keyword.arg is None:
            continue
        name = contract_name(keyword.arg)
        try:
            value = ast.literal_eval(keyword.value)
        except ValueError:
            dynamic.append(name)
            continue
        if isinstance(value, str) and "{" in value and name in ("label", "phase"):
            dynamic.append(name)  # a template over the arguments
        elif keyword.arg == "retries":
            known[name] = value + 1
        else:
            known[name] = value
    return known, tuple(dynamic), any(keyword.arg is None for keyword in keywords)


def _text(node: ast.expr) -> str | None:
    """The text of a string, with holes for what an f-string puts in; None for what is none."""
    return "".join(parts) if (parts := list(_parts(node))) else None


def _parts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from _parts(part) if isinstance(part, ast.Constant) else (HOLE,)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = list(_parts(node.left)), list(_parts(node.right))
        if left or right:
            yield from left or [HOLE]
            yield from right or [HOLE]
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _TEXT_METHODS
    ):
        yield from _parts(node.func.value)


_TEXT_METHODS = frozenset({"strip", "dedent", "format"})
