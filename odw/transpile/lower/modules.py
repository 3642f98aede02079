"""The script as a whole: ``async def workflow(): …``, and its exports.

``export const meta`` is frozen; a module that did not return gives what its default export, or its exported function
``workflow``, makes of ``args``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from odw.transpile.analyze.scope import bound_identifiers
from odw.transpile.estree import Node
from odw.transpile.lower.assignment import lower_identifier
from odw.transpile.lower.blocks import lower_function_body
from odw.transpile.lower.classes import lower_class
from odw.transpile.lower.context import Context
from odw.transpile.lower.frame import Frame
from odw.transpile.lower.functions import lower_function, named

if TYPE_CHECKING:
    from odw.transpile.analyze.scope import ScopeTable
    from odw.transpile.source import Source


def lower_program(program: Node, source: Source, table: ScopeTable) -> ast.Module:
    """The Python module of a script: its ``workflow`` is the coroutine function that runs it."""
    ctx = Context(source, table)
    scope = table.scope_of(program)
    assert scope is not None
    ctx.here = ctx.span(program)
    ctx.frame = frame = Frame("module", scope, None, is_async=True)
    ctx.own(scope)
    body = lower_function_body(ctx, [scope], program.body, lambda ctx: _result(ctx, program))
    function = ctx.function_def("workflow", ctx.arguments([]), body, frame, is_async=True)
    return ast.Module([*ctx.module_level, function], [])


def _result(ctx: Context, program: Node) -> list[ast.stmt]:
    """What a script that did not return gives."""
    exported = _entry(ctx, program)
    if exported is None:
        return [ctx.return_(ctx.undefined())]
    called = ctx.call("call_default", exported, ctx.call("load_global", ctx.const("args")))
    return [ctx.return_(ctx.place(ast.Await(ctx.call("aw", called))))]


def _entry(ctx: Context, program: Node) -> ast.expr | None:
    """The default export, else an exported function ``workflow``."""
    workflow: ast.expr | None = None
    for node in program.body:
        if node.type == "ExportDefaultDeclaration":
            declared = node.declaration
            if declared.type in ("FunctionDeclaration", "ClassDeclaration") and declared.id is not None:
                with ctx.at(declared.id):
                    return lower_identifier(ctx, declared.id)
            return ctx.name(ctx.default_name)
        if node.type == "ExportNamedDeclaration":
            for specifier in node.specifiers:
                exported = specifier.exported
                if (exported.name if exported.type == "Identifier" else exported.value) == "default":
                    return ctx.expr(specifier.local)
            declared = node.declaration
            if declared is not None:
                for identifier in _declared(declared):
                    if identifier.name == "workflow":
                        with ctx.at(identifier):
                            workflow = lower_identifier(ctx, identifier)
    return workflow


def _declared(declaration: Node) -> list[Node]:
    if declaration.type == "VariableDeclaration":
        return [i for declarator in declaration.declarations for i in bound_identifiers(declarator.id)]
    return [declaration.id]


def lower_export_named(ctx: Context, node: Node) -> list[ast.stmt]:
    if node.source is not None:
        ctx.refuse(
            node, "export … from is not supported: a workflow script stands alone", "Write the code here."
        )
    if node.declaration is None:
        return []
    stmts = ctx.statement(node.declaration)
    for identifier in _declared(node.declaration):
        if identifier.name == "meta" and node.declaration.type == "VariableDeclaration":
            with ctx.at(identifier):
                stmts.append(ctx.effect(ctx.call("freeze_deep", lower_identifier(ctx, identifier))))
    return stmts


def lower_export_default(ctx: Context, node: Node) -> list[ast.stmt]:
    declared = node.declaration
    if declared.type in ("FunctionDeclaration", "ClassDeclaration") and declared.id is not None:
        return ctx.statement(declared)
    ctx.default_name = ctx.names.unique("default_export")

    def lower() -> ast.expr:
        name = ctx.const("default")
        with ctx.at(declared):
            if declared.type == "FunctionDeclaration":
                return lower_function(ctx, declared, name)
            if declared.type == "ClassDeclaration":
                return lower_class(ctx, declared, name)
            return named(ctx, declared, name)

    low = ctx.collect(lower)
    return [*low.stmts, ctx.assign(ctx.default_name, low.expr)]


def lower_import_declaration(ctx: Context, node: Node) -> list[ast.stmt]:
    ctx.refuse(
        node, "import is not supported: a workflow script stands alone", "Use the globals that odw provides."
    )
