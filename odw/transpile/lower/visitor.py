"""Which function lowers which node: dispatch and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from odw.transpile.estree import Node
from odw.transpile.lower import (
    assignment,
    blocks,
    branches,
    calls,
    classes,
    exceptions,
    functions,
    generators,
    labels,
    literals,
    loops,
    members,
    modules,
    operators,
    outline,
    templates,
)

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context

EXPRESSIONS: Final[dict[str, Callable[[Context, Node], ast.expr]]] = {
    "ArrayExpression": literals.lower_array,
    "ArrowFunctionExpression": functions.lower_function_expression,
    "AssignmentExpression": assignment.lower_assignment,
    "AwaitExpression": generators.lower_await,
    "BinaryExpression": operators.lower_binary,
    "CallExpression": calls.lower_call,
    "ChainExpression": members.lower_chain,
    "ClassExpression": classes.lower_class_expression,
    "ConditionalExpression": operators.lower_conditional,
    "FunctionExpression": functions.lower_function_expression,
    "Identifier": assignment.lower_identifier,
    "ImportExpression": calls.lower_import,
    "Literal": literals.lower_literal,
    "LogicalExpression": operators.lower_logical,
    "MemberExpression": members.lower_member,
    "MetaProperty": calls.lower_meta_property,
    "NewExpression": calls.lower_new,
    "ObjectExpression": literals.lower_object,
    "SequenceExpression": operators.lower_sequence,
    "TaggedTemplateExpression": templates.lower_tagged_template,
    "TemplateLiteral": templates.lower_template,
    "ThisExpression": functions.lower_this,
    "UnaryExpression": operators.lower_unary,
    "UpdateExpression": assignment.lower_update,
    "YieldExpression": generators.lower_yield,
}

STATEMENTS: Final[dict[str, Callable[[Context, Node], list[ast.stmt]]]] = {
    "BlockStatement": blocks.lower_block,
    "BreakStatement": labels.lower_break,
    "ClassDeclaration": classes.lower_class_declaration,
    "ContinueStatement": labels.lower_continue,
    "DebuggerStatement": blocks.lower_nothing,
    "DoWhileStatement": outline.outlined(loops.lower_do_while, 1),
    "EmptyStatement": blocks.lower_nothing,
    "ExportAllDeclaration": modules.lower_import_declaration,
    "ExportDefaultDeclaration": modules.lower_export_default,
    "ExportNamedDeclaration": modules.lower_export_named,
    "ExpressionStatement": blocks.lower_expression_statement,
    "ForInStatement": outline.outlined(loops.lower_for_in, 1),
    "ForOfStatement": outline.outlined(loops.lower_for_of, 2),
    "ForStatement": outline.outlined(loops.lower_for, 1),
    "FunctionDeclaration": functions.lower_function_declaration,
    "IfStatement": branches.lower_if,
    "ImportDeclaration": modules.lower_import_declaration,
    "LabeledStatement": labels.lower_labeled,
    "ReturnStatement": blocks.lower_return,
    "SwitchStatement": outline.outlined(branches.lower_switch, 1),
    "ThrowStatement": blocks.lower_throw,
    "TryStatement": outline.outlined(exceptions.lower_try, exceptions.BLOCKS),
    "VariableDeclaration": blocks.lower_variable_declaration,
    "WhileStatement": outline.outlined(loops.lower_while, 1),
}
