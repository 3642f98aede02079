"""What ``String.prototype.matchAll`` returns: %RegExpStringIteratorPrototype% (ECMA-262 section 22.2.9)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iterator_operations import next_by
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import to_length, to_string
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.regexp_object import advance_string_index, regexp_exec, set_last_index
from odw.ecma.realm import R
from odw.ecma.values import MISSING, OrdinaryObject


class RegExpStringIterator(OrdinaryObject):
    """Steps through the matches of ``matcher`` in ``text``."""

    __slots__ = ("done", "full_unicode", "is_global", "matcher", "text")
    class_name = "RegExp String Iterator"

    def __init__(self, matcher: Any, text: str, is_global: bool, full_unicode: bool) -> None:
        self._proto = R.regexp_string_iterator_prototype
        self.extensible = True
        self.matcher = matcher
        self.text = text
        self.is_global = is_global
        self.full_unicode = full_unicode
        self.done = False


def step(this: Any) -> Any:
    """The next match or MISSING, of %RegExpStringIteratorPrototype%.next (22.2.9.2.1)."""
    if not isinstance(this, RegExpStringIterator):
        raise type_error(
            "Method %RegExpStringIterator%.prototype.next called on incompatible receiver " + describe(this)
        )
    if this.done:
        return MISSING
    match = regexp_exec(this.matcher, this.text)
    if match is None:
        this.done = True
        return MISSING
    if not this.is_global:
        this.done = True
    elif to_string(get(match, "0")) == "":
        index = to_length(get(this.matcher, "lastIndex"))
        set_last_index(this.matcher, advance_string_index(this.text, index, this.full_unicode))
    return match


def install_iterator(realm: Any) -> None:
    prototype = new_prototype(realm.iterator_prototype)
    define_methods(prototype, {"next": (next_by(step), 0)})
    define_tag(prototype, "RegExp String Iterator")
    realm.regexp_string_iterator_prototype = prototype
