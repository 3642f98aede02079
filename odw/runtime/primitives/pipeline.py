"""``pipeline(items, ...stages)``: its messages; its book is a ``parallel.Fanout`` of kind "pipeline". Contract, section 4."""

from __future__ import annotations

NOT_AN_ARRAY = "pipeline() expects an array as the first argument"
NOT_FUNCTIONS = "pipeline() stages must be functions: pipeline(items, item => ..., result => ...)"
