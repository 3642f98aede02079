"""What the code that is being parsed may say, by the function (or class part) that it stands in."""

from __future__ import annotations


class FunctionState:
    """``super_property``: ``super.x``; ``super_call``: ``super()``; ``new_target``: ``new.target``;
    ``initializer``: a class field's or static block's code, where ``arguments`` may not be named.
    """

    __slots__ = (
        "can_return",
        "initializer",
        "is_async",
        "is_generator",
        "new_target",
        "super_call",
        "super_property",
    )

    def __init__(
        self,
        *,
        is_async: bool = False,
        is_generator: bool = False,
        super_property: bool = False,
        super_call: bool = False,
        new_target: bool = False,
        initializer: bool = False,
        can_return: bool = True,
    ) -> None:
        self.can_return = can_return
        self.is_async = is_async
        self.is_generator = is_generator
        self.super_property = super_property
        self.super_call = super_call
        self.new_target = new_target
        self.initializer = initializer

    def arrow(self, is_async: bool) -> FunctionState:
        """An arrow function takes all but ``await`` and ``yield`` from around it."""
        return FunctionState(
            is_async=is_async,
            super_property=self.super_property,
            super_call=self.super_call,
            new_target=self.new_target,
            initializer=self.initializer,
        )


class Label:
    """A label, or an unnamed place that ``break`` can leave. ``kind``: "loop", "switch" or "" for any other statement."""

    __slots__ = ("body", "kind", "name")

    def __init__(self, name: str, kind: str, body: int) -> None:
        self.name = name
        self.kind = kind
        self.body = body  # offset of the statement it labels
