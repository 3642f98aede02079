"""Facts about parts of a pattern that decide how it is matched: can it be empty, how wide is it, does it capture."""

from __future__ import annotations

from odw.ecma.regexp.tree import (
    Backreference,
    Boundary,
    Class,
    Disjunction,
    Empty,
    Flags,
    Group,
    Lookaround,
    Node,
    Quantified,
    Sequence,
)


def has_captures(node: Node) -> bool:
    """Whether a capturing group is in the node."""
    if isinstance(node, Group):
        return bool(node.index) or has_captures(node.body)
    if isinstance(node, Quantified):
        return node.first_capture < node.last_capture
    if isinstance(node, Lookaround):
        return has_captures(node.body)
    if isinstance(node, Sequence):
        return any(has_captures(term) for term in node.terms)
    return isinstance(node, Disjunction) and any(has_captures(part) for part in node.alternatives)


def nullable(node: Node) -> bool:
    """Whether the node might match the empty string (True if in doubt)."""
    if isinstance(node, Empty | Boundary | Lookaround | Backreference):
        return True
    if isinstance(node, Sequence):
        return all(nullable(term) for term in node.terms)
    if isinstance(node, Disjunction):
        return any(nullable(part) for part in node.alternatives)
    if isinstance(node, Group):
        return nullable(node.body)
    if isinstance(node, Quantified):
        return node.low == 0 or nullable(node.atom)
    if isinstance(node, Class):
        from odw.ecma.regexp.classes import may_be_empty

        return may_be_empty(node)
    return False


def fixed_width(node: Node, flags: Flags) -> int | None:
    """How many characters every match of the node has; None when that varies."""
    if isinstance(node, Empty | Boundary | Lookaround):
        return 0
    if isinstance(node, Sequence):
        total = 0
        for term in node.terms:
            width = fixed_width(term, flags)
            if width is None:
                return None
            total += width
        return total
    if isinstance(node, Disjunction):
        widths = {fixed_width(part, flags) for part in node.alternatives}
        return widths.pop() if len(widths) == 1 else None
    if isinstance(node, Group):
        return fixed_width(node.body, flags)
    if isinstance(node, Quantified):
        width = fixed_width(node.atom, flags)
        return width * node.low if width is not None and node.low == node.high else None
    if isinstance(node, Backreference):
        return None
    if isinstance(node, Class):
        from odw.ecma.regexp.classes import may_contain_strings

        return None if may_contain_strings(node) else 1
    return 1
