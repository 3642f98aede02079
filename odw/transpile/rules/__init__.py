"""The rules that scripts are checked against, and the one function that runs them.

A rule is one file; its docstring is its page in docs/rules/. A package of rules may read the tree and its side tables, nothing
else: no file, no clock, no network, no output.

    new Date() // odw-allow ODW101 shown in a log line only   ->   nothing
    agent('x')                                                ->   ODW301 floating-agent-call, a warning
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from odw.diagnostics import Diagnostic
from odw.transpile.analyze.call_sites import CallSite, find_call_sites
from odw.transpile.analyze.global_uses import find_global_uses
from odw.transpile.analyze.meta import Meta
from odw.transpile.analyze.tree_index import TreeIndex
from odw.transpile.estree import Node
from odw.transpile.rules import (
    absent_global,
    ambient_io,
    dynamic_code,
    dynamic_import,
    floating_agent_call,
    import_declaration,
    invalid_meta,
    missing_meta,
    non_literal_meta,
    parallel_of_promises,
    phase_not_in_meta,
    random_source,
    syntax_error,
    timers,
    typescript_syntax,
    unbounded_agent_loop,
    unexplained_suppression,
    unguarded_budget_loop,
    unknown_agent_option,
    unknown_global,
    unreadable_script,
    unsupported_syntax,
    unused_suppression,
    wall_clock,
)
from odw.transpile.rules.rule import Lint, Rule
from odw.transpile.rules.suppressions import apply_suppressions, read_suppressions

if TYPE_CHECKING:
    from odw.transpile.analyze.scope import ScopeTable
    from odw.transpile.source import Source

RULES: tuple[Rule, ...] = (
    wall_clock.RULE,
    random_source.RULE,
    timers.RULE,
    ambient_io.RULE,
    dynamic_code.RULE,
    syntax_error.RULE,
    typescript_syntax.RULE,
    unreadable_script.RULE,
    import_declaration.RULE,
    missing_meta.RULE,
    non_literal_meta.RULE,
    invalid_meta.RULE,
    dynamic_import.RULE,
    absent_global.RULE,
    unknown_global.RULE,
    unsupported_syntax.RULE,
    unused_suppression.RULE,
    unexplained_suppression.RULE,
    floating_agent_call.RULE,
    parallel_of_promises.RULE,
    unknown_agent_option.RULE,
    phase_not_in_meta.RULE,
    unbounded_agent_loop.RULE,
    unguarded_budget_loop.RULE,
)

_NEVER_BLOCKING = frozenset(rule.code for rule in RULES if not rule.blocks)


def run_rules(
    program: Node,
    source: Source,
    table: ScopeTable,
    meta: Meta,
    *,
    call_sites: Sequence[CallSite] | None = None,
) -> list[Diagnostic]:
    """Everything the rules find, suppressions applied, in source order."""
    index = TreeIndex(program)
    uses = tuple(find_global_uses(index, table))
    sites = find_call_sites(index, table, uses) if call_sites is None else tuple(call_sites)
    asking = tuple(use for use in uses if use.usage == "typeof")
    lint = Lint(program, source, table, meta, index, uses, sites, asking)
    found = [diagnostic for rule in RULES for diagnostic in rule.run(lint)]
    left = apply_suppressions(found, read_suppressions(program, source), RULES, source)
    return sorted(left, key=lambda d: (d.span.line, d.span.column, d.code))


def blocks_run(diagnostic: Diagnostic) -> bool:
    """Does this finding keep ``exec`` from running the script? Errors do, but for unknown globals."""
    return diagnostic.severity == "error" and diagnostic.code not in _NEVER_BLOCKING
