"""The walk behind ``scope.analyze_scopes``: opens scopes, hoists declarations, links references to bindings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from odw.transpile.analyze.hoisting import Declarations
from odw.transpile.analyze.scope import Binding, Reference, Scope, bound_identifiers
from odw.transpile.estree import Node, children


class Resolver(Declarations):
    """The walk itself: one method per kind of node that opens a scope, declares or refers."""

    def program(self, node: Node) -> None:
        scope = self.open("module", node)
        self.hoist_vars(node.body)
        self.hoist_lexical(node.body)
        self.visit_all(node.body)
        self.scope = scope
        for reference in self.pending:
            self.link(reference)

    # References

    def refer(self, identifier: Node, read: bool = True, write: bool = False, typeof: bool = False) -> None:
        reference = Reference(identifier, self.scope, read, write, typeof)
        self.table._references[identifier] = reference
        self.pending.append(reference)

    def link(self, reference: Reference) -> None:
        name = reference.node.name
        scope: Scope | None = reference.scope
        while scope is not None:
            binding = scope.bindings.get(name)
            if binding is None and name == "arguments" and scope.kind == "function" and not scope.is_arrow:
                binding = Binding(name, "arguments", None, scope, scope.node, len(self.table.bindings))
                scope.bindings[name] = binding
                scope.uses_arguments = True
                self.table.bindings.append(binding)
            if binding is not None:
                reference.binding = binding
                binding.references.append(reference.node)
                if reference.is_write:
                    binding.writes.append(reference.node)
                if binding.scope.function_scope is not reference.scope.function_scope:
                    binding.captured = True
                return
            scope = scope.parent
        self.table.unresolved.append(reference.node)

    def use(self, flag: str) -> None:
        """Mark the function whose ``this`` (and so on) an expression means, and the arrows on the way to it."""
        scope = self.scope.function_scope
        setattr(scope, flag, True)
        while scope.is_arrow and scope.parent is not None:
            scope = scope.parent.function_scope
            setattr(scope, flag, True)

    # The walk

    def visit(self, node: Node | None) -> None:
        if node is not None:
            handler = _HANDLERS.get(node.type)
            if handler is not None:
                handler(self, node)
            else:
                for child in children(node):
                    self.visit(child)

    def visit_all(self, nodes: list[Any]) -> None:
        for node in nodes:
            self.visit(node)

    def body_of_loop(self, *nodes: Node | None) -> None:
        self.loops += 1
        for node in nodes:
            self.visit(node)
        self.loops -= 1

    def visit_target(self, target: Node, compound: bool = False) -> None:
        """An assignment target: an Identifier is written, and read too if ``compound``."""
        kind = target.type
        if kind == "Identifier":
            self.refer(target, read=compound, write=True)
        elif kind == "ObjectPattern":
            for prop in target.properties:
                if prop.type == "RestElement":
                    self.visit_target(prop.argument)
                else:
                    if prop.computed:
                        self.visit(prop.key)
                    self.visit_target(prop.value)
        elif kind == "ArrayPattern":
            for element in target.elements:
                if element is not None:
                    self.visit_target(element)
        elif kind == "AssignmentPattern":
            self.visit_target(target.left)
            self.visit(target.right)
        elif kind == "RestElement":
            self.visit_target(target.argument)
        else:
            self.visit(target)

    def visit_binding_pattern(self, pattern: Node) -> None:
        """The expressions inside a declared pattern: computed keys and defaults."""
        kind = pattern.type
        if kind == "ObjectPattern":
            for prop in pattern.properties:
                if prop.type == "RestElement":
                    self.visit_binding_pattern(prop.argument)
                else:
                    if prop.computed:
                        self.visit(prop.key)
                    self.visit_binding_pattern(prop.value)
        elif kind == "ArrayPattern":
            for element in pattern.elements:
                if element is not None:
                    self.visit_binding_pattern(element)
        elif kind == "AssignmentPattern":
            self.visit_binding_pattern(pattern.left)
            self.visit(pattern.right)
        elif kind == "RestElement":
            self.visit_binding_pattern(pattern.argument)

    # Handlers by node type

    def identifier(self, node: Node) -> None:
        self.refer(node)

    def function(self, node: Node) -> None:
        if node.type == "FunctionExpression" and node.id is not None:
            outer = self.open("function-name", node)
            self.declare(node.id, "function-name", node)
            self.function_code(node)
            self.close(outer)
        else:
            self.function_code(node)

    def function_code(self, node: Node) -> None:
        loops, self.loops = self.loops, 0
        scope = self.open("function", node)
        for param in node.params:
            self.declare_pattern(param, "param", node)
        for param in node.params:
            self.visit_binding_pattern(param)
        if node.body.type != "BlockStatement":
            self.visit(node.body)
        else:
            plain = all(param.type == "Identifier" or _is_rest_name(param) for param in node.params)
            body = scope if plain else self.open("function-body", node)
            self.hoist_vars(node.body.body)
            self.hoist_lexical(node.body.body)
            self.visit_all(node.body.body)
            self.scope = body
        self.close(scope)
        self.loops = loops

    def class_(self, node: Node) -> None:
        scope = self.open("class", node)
        if node.id is not None:
            self.declare(node.id, "class-name", node)
        self.visit(node.superClass)
        for member in node.body.body:
            if member.type == "StaticBlock":
                self.static_block(member)
                continue
            if member.computed:
                self.visit(member.key)
            elif member.key.type == "Identifier":
                self.table.methods.add(member.key.name)
            if member.type == "PropertyDefinition":
                self.field(member)
            else:
                self.visit(member.value)
        self.close(scope)

    def field(self, node: Node) -> None:
        if node.value is not None:
            loops, self.loops = self.loops, 0
            scope = self.open("field", node)
            self.visit(node.value)
            self.close(scope)
            self.loops = loops

    def static_block(self, node: Node) -> None:
        loops, self.loops = self.loops, 0
        scope = self.open("static-block", node)
        self.hoist_vars(node.body)
        self.hoist_lexical(node.body)
        self.visit_all(node.body)
        self.close(scope)
        self.loops = loops

    def block(self, node: Node) -> None:
        scope = self.open("block", node)
        self.hoist_lexical(node.body)
        self.visit_all(node.body)
        self.close(scope)

    def switch(self, node: Node) -> None:
        self.visit(node.discriminant)
        scope = self.open("switch", node)
        for case in node.cases:
            self.hoist_lexical(case.consequent)
        for case in node.cases:
            self.visit(case.test)
            self.visit_all(case.consequent)
        self.close(scope)

    def catch(self, node: Node) -> None:
        scope = self.open("catch", node)
        if node.param is not None:
            self.declare_pattern(node.param, "catch", node)
            self.visit_binding_pattern(node.param)
        self.visit(node.body)
        self.close(scope)

    def variables(self, node: Node) -> None:
        for declarator in node.declarations:
            self.visit_binding_pattern(declarator.id)
            self.visit(declarator.init)
            if declarator.id.type == "Identifier" and declarator.init is not None:
                binding = self.table._declared[declarator.id]
                if binding.node is declarator.id:
                    binding.init = declarator.init
            if node.kind == "var" and (declarator.init is not None or self.loops):
                for identifier in bound_identifiers(declarator.id):
                    self.prefer_caught(identifier)
                    binding = self.table._declared[identifier]
                    if binding.node is not identifier or self.loops:
                        binding.writes.append(identifier)

    def prefer_caught(self, identifier: Node) -> None:
        """``var e = 1`` inside ``catch (e)`` assigns to the caught ``e``; the variable is the function's (B.3.4)."""
        scope = self.scope
        while scope is not scope.function_scope:
            if scope.kind == "catch" and identifier.name in scope.bindings:
                self.table._declared[identifier] = scope.bindings[identifier.name]
                return
            assert scope.parent is not None
            scope = scope.parent

    def for_(self, node: Node) -> None:
        head = node.init if node.type == "ForStatement" else node.left
        declares = head is not None and head.type == "VariableDeclaration"
        scope = None
        if declares and head.kind != "var":
            self.loops += 1  # each iteration has its own copy of this scope
            scope = self.open("for", node)
            self.loops -= 1
            for declarator in head.declarations:
                owner = node if node.type != "ForStatement" else declarator
                self.declare_pattern(declarator.id, head.kind, owner)
        if node.type == "ForStatement":
            self.visit(head)
            self.body_of_loop(node.test, node.update, node.body)
        else:
            if declares:
                self.loops += 1
                self.variables(head)
                self.loops -= 1
            else:
                self.visit_target(head)
            self.visit(node.right)
            self.body_of_loop(node.body)
        if scope is not None:
            self.close(scope)

    def while_(self, node: Node) -> None:
        self.body_of_loop(*children(node))

    def if_(self, node: Node) -> None:
        while True:  # an else-if chain costs no Python stack
            self.visit(node.test)
            self.visit(node.consequent)
            node = node.alternate
            if node is None or node.type != "IfStatement":
                break
        self.visit(node)

    def binary(self, node: Node) -> None:
        spine = [node.right]
        node = node.left
        while node.type == "BinaryExpression":  # so does a chain of +
            spine.append(node.right)
            node = node.left
        self.visit(node)
        for operand in reversed(spine):
            self.visit(operand)

    def assignment(self, node: Node) -> None:
        if node.left.type == "Identifier":
            self.table.writers[node.left] = node
        self.visit_target(node.left, compound=node.operator != "=")
        self.visit(node.right)

    def update(self, node: Node) -> None:
        if node.argument.type == "Identifier":
            self.table.writers[node.argument] = node
        self.visit_target(node.argument, compound=True)

    def unary(self, node: Node) -> None:
        if node.operator == "typeof" and node.argument.type == "Identifier":
            self.refer(node.argument, typeof=True)
        else:
            self.visit(node.argument)

    def member(self, node: Node) -> None:
        self.visit(node.object)
        if node.computed:
            self.visit(node.property)

    def property(self, node: Node) -> None:
        if node.computed:
            self.visit(node.key)
        elif node.method and node.key.type == "Identifier":
            self.table.methods.add(node.key.name)
        self.visit(node.value)

    def call(self, node: Node) -> None:
        if node.callee.type == "Super":
            for flag in ("uses_this", "uses_super_call", "uses_new_target", "uses_home"):
                self.use(flag)
        else:
            if node.callee.type == "Identifier":
                self.table.callers[node.callee] = node
            self.visit(node.callee)
        self.visit_all(node.arguments)

    def super_(self, node: Node) -> None:
        self.use("uses_home")
        self.use("uses_this")

    def this(self, node: Node) -> None:
        self.use("uses_this")

    def meta(self, node: Node) -> None:
        if node.meta.name == "new":
            self.use("uses_new_target")

    def labeled(self, node: Node) -> None:
        self.visit(node.body)

    def nothing(self, node: Node) -> None:
        """A node that refers to nothing."""

    def export_named(self, node: Node) -> None:
        self.visit(node.declaration)
        if node.source is None:
            for specifier in node.specifiers:
                if specifier.local.type == "Identifier":
                    self.refer(specifier.local)


def _is_rest_name(param: Node) -> bool:
    return bool(param.type == "RestElement" and param.argument.type == "Identifier")


_HANDLERS: Final[dict[str, Callable[[Resolver, Node], None]]] = {
    "ArrowFunctionExpression": Resolver.function,
    "AssignmentExpression": Resolver.assignment,
    "BinaryExpression": Resolver.binary,
    "BlockStatement": Resolver.block,
    "BreakStatement": Resolver.nothing,
    "CallExpression": Resolver.call,
    "CatchClause": Resolver.catch,
    "ClassDeclaration": Resolver.class_,
    "ClassExpression": Resolver.class_,
    "ContinueStatement": Resolver.nothing,
    "DoWhileStatement": Resolver.while_,
    "ExportAllDeclaration": Resolver.nothing,
    "ExportNamedDeclaration": Resolver.export_named,
    "ForInStatement": Resolver.for_,
    "ForOfStatement": Resolver.for_,
    "ForStatement": Resolver.for_,
    "FunctionDeclaration": Resolver.function,
    "FunctionExpression": Resolver.function,
    "Identifier": Resolver.identifier,
    "IfStatement": Resolver.if_,
    "ImportDeclaration": Resolver.nothing,
    "LabeledStatement": Resolver.labeled,
    "Literal": Resolver.nothing,
    "MemberExpression": Resolver.member,
    "MetaProperty": Resolver.meta,
    "PrivateIdentifier": Resolver.nothing,
    "Property": Resolver.property,
    "Super": Resolver.super_,
    "SwitchStatement": Resolver.switch,
    "TemplateElement": Resolver.nothing,
    "ThisExpression": Resolver.this,
    "UnaryExpression": Resolver.unary,
    "UpdateExpression": Resolver.update,
    "VariableDeclaration": Resolver.variables,
    "WhileStatement": Resolver.while_,
}
