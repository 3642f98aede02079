"""One Python function under construction."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Literal

from odw.transpile.analyze.scope import Scope
from odw.transpile.lower.labels import Target

FrameKind = Literal[
    "module",  # workflow(): the script itself
    "function",  # a JavaScript function; an arrow if its scope says so
    "expression",  # a maker: code moved into a function of its own that is called where it stood
    "statement",  # the same for a statement; break, continue and return become its result
]


@dataclass(slots=True, frozen=True)
class Constructor:
    """A class constructor, as ``super()`` in it wants to know it."""

    class_variable: str
    called_flag: str  # the variable that says that super() was called, or ""
    has_elements: bool  # instances get fields or private methods


@dataclass(slots=True, eq=False)
class Frame:
    """``scope`` is the JavaScript function scope that the code belongs to, the same for makers as around them."""

    kind: FrameKind
    scope: Scope
    parent: Frame | None
    is_async: bool = False
    is_generator: bool = False
    is_derived_constructor: bool = False
    binds_this: bool = False  # a super() stands in the frame itself
    nonlocals: set[str] = field(default_factory=set)
    live: set[str] = field(default_factory=set)  # temporaries in use
    counts: dict[str, int] = field(default_factory=dict)  # the last number that each base name got
    definitions: list[ast.stmt] = field(
        default_factory=list
    )  # where definitions go: before the current statement
    targets: list[Target] = field(default_factory=list)  # what break and continue may leave, innermost last
    exits: list[tuple[Target, bool]] = field(
        default_factory=list
    )  # of a statement frame: jumps to targets outside it
    handlers: list[list[ast.stmt]] = field(
        default_factory=list
    )  # bodies of except clauses, which cancel pending jumps
    finalizer_bodies: list[list[ast.stmt]] = field(default_factory=list)  # which run while a jump is pending
    jump: str = ""  # the variable that says which outer target a break is on its way to
    codes: list[tuple[Target, bool]] = field(default_factory=list)  # what the numbers in it mean
    finalizers: int = 0  # finally blocks around the current place
    returns: bool = False
    blocks: int = 0  # Python's statically nested blocks
    awaits: bool = False
    yields: bool = False

    @property
    def is_maker(self) -> bool:
        return self.kind in ("expression", "statement")
