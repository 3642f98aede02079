"""The whole text: docstring, imports, constants and helpers of the module, the workflow."""

from __future__ import annotations

import re
from typing import Any

from odw.transpile.analyze.meta import Meta
from odw.transpile.analyze.scope import FUNCTIONS, Binding, Scope, ScopeTable
from odw.transpile.estree import Node, walk
from odw.transpile.python_workflow import (  # noqa: F401 - they register what they write
    assigning,
    branches,
    calls,
    classes,
    expressions,
    functions,
    loops,
    members,
    operators,
    patterns,
    promises,
    returns,
    statements,
    switches,
    templates,
)
from odw.transpile.python_workflow.cells import NeedsCell
from odw.transpile.python_workflow.context import Block, Context
from odw.transpile.python_workflow.inference import Inference
from odw.transpile.python_workflow.kinds import Arr, Later, only
from odw.transpile.python_workflow.layout import Doc, quoted, render
from odw.transpile.python_workflow.names import NameTable, listing, snake_case
from odw.transpile.python_workflow.placement import outside
from odw.transpile.source import Source


def write_workflow(source: Source, program: Node, table: ScopeTable, meta: Meta) -> str:
    """A workflow in Python that makes the calls of the script. Raises ScriptRejected for what has no form in Python."""
    inference = Inference(program, table)
    inlined = _inlined(program, table, inference)
    owners = {scope: _owner(scope, inlined) for scope in table.scopes if scope.function_scope is scope}
    cells: set[Binding] = set()
    while True:
        ctx = Context(source, program, table, inference, NameTable(table, owners))
        ctx.inlined = {scope.node for scope, owner in owners.items() if owner is not scope}
        ctx.cells = cells
        try:
            return _Module(ctx, meta).text()
        except NeedsCell as found:
            cells.add(found.binding)


def _owner(scope: Scope, inlined: set[Node]) -> Scope:
    while scope.node in inlined and scope.parent is not None:
        scope = scope.parent.function_scope
    return scope


def _inlined(program: Node, table: ScopeTable, inference: Inference) -> set[Node]:
    """Callbacks whose code becomes part of the function around them: of ``forEach``, and of ``then`` where its promise is returned."""
    found: set[Node] = set()

    def then(node: Node | None) -> None:
        if node is None or node.type != "CallExpression" or node.callee.type != "MemberExpression":
            return
        callee = node.callee
        if callee.computed or callee.property.type != "Identifier" or callee.property.name != "then":
            return
        promised = inference.kind_of(callee.object)
        callback = node.arguments[0] if len(node.arguments) == 1 else None
        if (
            callback is not None
            and callback.type in FUNCTIONS
            and promised
            and all(isinstance(a, Later) for a in promised)
        ):
            if (
                len(callback.params) <= 1
                and not callback.generator
                and callback.type == "ArrowFunctionExpression"
            ):
                if not callee.optional and not any(p.type == "RestElement" for p in callback.params):
                    found.add(callback)
                    if callback.body.type != "BlockStatement":
                        then(callback.body)

    for node in walk(program):
        if node.type in FUNCTIONS and not node.generator:
            fn = inference.sites.get(node)
            later = node.is_async or (
                fn is not None and bool(fn.returns) and all(isinstance(atom, Later) for atom in fn.returns)
            )
            if later and node.body.type != "BlockStatement":
                then(node.body)
            elif later:
                for part in _own_returns(node.body):
                    then(part.argument)
        elif node.type == "ExpressionStatement" and node.expression.type == "CallExpression":
            callee = node.expression.callee
            if (
                callee.type == "MemberExpression"
                and not callee.computed
                and callee.property.type == "Identifier"
            ):
                if callee.property.name == "forEach" and len(node.expression.arguments) == 1:
                    callback = node.expression.arguments[0]
                    if callback.type == "ArrowFunctionExpression" and not callback.is_async:
                        if (
                            only(inference.kind_of(callee.object) - {"null", "undefined"}, Arr)
                            and 1 <= len(callback.params) <= 2
                        ):
                            if all(p.type == "Identifier" for p in callback.params):
                                found.add(callback)
    return found


def _own_returns(node: Node) -> list[Node]:
    from odw.transpile.estree import children

    found: list[Node] = []
    stack = [node]
    while stack:
        part = stack.pop()
        if part.type in FUNCTIONS:
            continue
        if part.type == "ReturnStatement":
            found.append(part)
        stack.extend(children(part))
    return found


class _Module:
    """One module that is being put together."""

    def __init__(self, ctx: Context, meta: Meta) -> None:
        self._ctx = ctx
        self._meta: dict[str, Any] = dict(meta.raw)
        self._own = _function_name(str(self._meta.get("name") or "workflow"))

    def text(self) -> str:
        ctx = self._ctx
        body = ctx.program.body
        opening = self._opening(body)
        apart = outside(ctx, body)
        top: list[Any] = []
        order = [node for node in body if node in apart]
        for node in order:
            with ctx.new_block() as block:
                statements.statement(ctx, node)
            top.append(block)
        with ctx.new_block() as main:
            rest = [node for node in body if node not in apart and not _is_meta(node)]
            self._main(rest)
            for line in ctx.comments.before(len(ctx.source.text)):
                ctx.put(line)
        return self._assembled(opening, top, main)

    def _opening(self, body: list[Node]) -> list[str]:
        """The comments at the head of the script, for the module's docstring."""
        ctx = self._ctx
        first = next((node for node in body), None)
        lines = ctx.comments.before(first.start) if first is not None else []
        meta = next((node for node in body if _is_meta(node)), None)
        if meta is not None:
            ctx.comments.inside(meta.start, meta.end)
        return [line[2:] if line.startswith("# ") else line[1:] for line in lines]

    def _main(self, rest: list[Node]) -> None:
        ctx = self._ctx
        exported = _exported(rest)
        statements.hoisted_vars(ctx)
        statements.statements(ctx, [node for node in rest if node is not exported])
        if exported is not None:
            _call_exported(ctx, exported)

    # --- the text -----------------------------------------------------------------------------------------------------

    def _assembled(self, opening: list[str], top: list[list[Any]], main: list[Any]) -> str:
        ctx = self._ctx
        helpers = "\n".join(_spaced(block) for block in top)
        prelude = ["args = js.args()"] if "args" in ctx.prelude else []
        head = self._decorator()
        doc = self._docstring()
        inner = lines_of([*prelude, *main], 4)
        body = "\n".join(line for line in inner).strip("\n") or "    pass"
        code = f"{helpers}\n\n\n{head}\nasync def {self._own}() -> Any:\n{doc}{body}\n"
        meta = ""
        if re.search(r"\bMETA\b", code):
            meta = f"\n\nMETA = {python_literal(self._meta)}\n"
        imports = ["from __future__ import annotations", ""]
        if re.search(r"\bmath\.", code):
            imports.append("import math")
        imports += ["from typing import Any", "", "import odw"]
        if re.search(r"\bjs\.", code):
            imports.append("from odw import js")
        text = self._head(opening) + "\n".join(imports) + "\n" + meta + "\n" + code.lstrip("\n")
        return tidy(text)

    def _head(self, opening: list[str]) -> str:
        lines = [line.rstrip() for line in opening]
        while lines and not lines[-1].strip():
            lines.pop()
        kept = self._ctx.names.kept_in_use()
        if kept:
            lines += (
                ["", f"Names: {listing(sorted(kept.items()))}."]
                if lines
                else [f"Names: {listing(sorted(kept.items()))}."]
            )
        if not lines:
            lines = [f"{self._meta.get('description') or self._meta.get('name') or 'A workflow.'}"]
        text = "\n".join(lines).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
        if text.endswith('"'):
            text += " "
        return f'"""{text}\n"""\n\n' if "\n" in text else f'"""{text}"""\n\n'

    def _docstring(self) -> str:
        description = str(self._meta.get("description") or "")
        if not _fits_docstring(description):
            return ""
        return f'    """{description}"""\n'

    def _decorator(self) -> str:
        parts: list[Doc] = []
        for key, value in self._meta.items():
            own = snake_case(key)
            if key == "description" and _fits_docstring(str(value)):
                continue
            if key == "phases" and isinstance(value, list):
                value = [
                    entry["title"] if isinstance(entry, dict) and list(entry) == ["title"] else entry
                    for entry in value
                ]
            if not own.isidentifier() or value is None or _camel(own) != key:
                continue
            parts.append([f"{own}=", literal_doc(value)])
        from odw.transpile.python_workflow.code import listed

        return render(["@odw.workflow", listed("(", parts, ")")])


def _camel(own: str) -> str:
    first, *rest = own.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _fits_docstring(text: str) -> bool:
    return (
        0 < len(text) <= 100
        and text.isprintable()
        and '"' not in text
        and "\\" not in text
        and text == text.strip()
    )


def _function_name(name: str) -> str:
    made = snake_case(re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_").lower() or "workflow")
    return made if made.isidentifier() and not made.startswith("_") else f"workflow_{made.strip('_')}"


def literal_doc(value: Any) -> Doc:
    """Plain data as a document."""
    from odw.transpile.python_workflow.code import listed
    from odw.transpile.python_workflow.layout import Text

    if isinstance(value, str):
        return Text(value)
    if isinstance(value, dict):
        return listed("{", [[quoted(str(key)), ": ", literal_doc(item)] for key, item in value.items()], "}")
    if isinstance(value, list):
        return listed("[", [literal_doc(item) for item in value], "]")
    return repr(value)


def python_literal(value: Any) -> str:
    return render(literal_doc(value))


# --- what stands in the module --------------------------------------------------------------------------------------------


def _is_meta(node: Node) -> bool:
    return (
        node.type == "ExportNamedDeclaration"
        and node.declaration is not None
        and node.declaration.type == "VariableDeclaration"
        and node.declaration.declarations[0].id.type == "Identifier"
        and node.declaration.declarations[0].id.name == "meta"
    )


def _exported(rest: list[Node]) -> Node | None:
    """``export default function`` or ``export async function workflow``: what is called with the args."""
    for node in rest:
        if node.type == "ExportDefaultDeclaration":
            return node
        if node.type == "ExportNamedDeclaration" and node.declaration is not None:
            if node.declaration.type == "FunctionDeclaration" and node.declaration.id.name == "workflow":
                return node
    return None


def _call_exported(ctx: Context, node: Node) -> None:
    from odw.transpile.python_workflow.code import awaited, call, name

    declared = node.declaration
    for line in ctx.comments.before(node.start):
        ctx.put(line)
    if declared.type not in FUNCTIONS:
        ctx.put(
            ["return ", call("js.result", awaited(call("js.exported", expressions.value(ctx, declared)))).doc]
        )
        return
    if declared.type == "ArrowFunctionExpression" or declared.id is None:
        own = ctx.fresh("main")
    else:
        binding = ctx.binding(declared.id)
        assert binding is not None
        own = ctx.name(binding)
    ctx.put(functions.definition(ctx, declared, own))
    ctx.put("")
    if declared.params:
        ctx.prelude["args"] = None
    part = call(name(own), *([name("args")] if declared.params else []))
    ctx.put(["return ", call("js.result", awaited(part) if ctx.is_async(declared) else part).doc])


@statements.writes("ExportNamedDeclaration")
def export(ctx: Context, node: Node) -> None:
    if node.declaration is None:
        return
    statements.statement(ctx, node.declaration)


# --- lines ----------------------------------------------------------------------------------------------------------------


def lines_of(items: list[Any], indent: int) -> list[str]:
    """Statements as lines."""
    found: list[str] = []
    for item in items:
        if isinstance(item, Block):
            found.append(" " * indent + render(item.head, indent))
            found += lines_of(_trimmed(item.body), indent + 4)
            if not any(
                not isinstance(part, str) or (part and not part.startswith("#")) for part in item.body
            ):
                found.append(" " * (indent + 4) + "pass")
        elif item == "":
            if found and found[-1] != "":
                found.append("")
        else:
            found.append(" " * indent + render(item, indent))
    return found


def _trimmed(items: list[Any]) -> list[Any]:
    items = list(items)
    while items and items[-1] == "":
        items.pop()
    while items and items[0] == "":
        items.pop(0)
    return items


def _spaced(block: list[Any]) -> str:
    """A statement of the module; a function has two empty lines around it."""
    lines = lines_of(_trimmed(block), 0)
    if any(isinstance(item, Block) for item in block):
        return "\n\n" + "\n".join(lines) + "\n\n"
    blank = "\n" if block and block[0] == "" else ""
    return blank + "\n".join(lines)


def tidy(text: str) -> str:
    """No more than two empty lines anywhere, one inside functions, none at the end."""
    text = re.sub(r"\n{4,}", "\n\n\n", text)
    text = re.sub(r"(:\n)\n+(?=[ ]+\S)", r"\1", text)
    return text.rstrip("\n") + "\n"
