"""The border between a workflow's own code and the run: what its exceptions become."""

from __future__ import annotations

from collections.abc import Iterator

from odw.dsl.places import report_of
from odw.errors import OdwError, WorkflowError
from odw.runtime.halts import Halt


def leaves(error: BaseException) -> Iterator[BaseException]:
    """The exceptions in a group, however nested; an exception that is no group itself."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from leaves(inner)
    else:
        yield error


def halt_in(error: BaseException) -> Halt | None:
    """The halt that an exception is, or holds."""
    return next((leaf for leaf in leaves(error) if isinstance(leaf, Halt)), None)


def message_of(error: BaseException) -> str:
    """One line for the log: the message, or the name of an exception that has none; of a group, its first and how many more."""
    first, *more = leaves(error)
    text = str(first) or type(first).__name__
    if isinstance(first, KeyError):
        text = f"KeyError: {text}"
    return f"{text} (and {len(more)} more)" if more else text


def uncaught(error: BaseException) -> BaseException:
    """What the run ends with when a workflow raises ``error``: a halt, an error of odw's own, or a WorkflowError with its place."""
    halt = halt_in(error)
    if halt is not None:
        return halt
    found = list(leaves(error))
    for leaf in found:
        if isinstance(leaf, OdwError | KeyboardInterrupt):
            return leaf
    first = found[0]
    text = str(first)
    message = f"{type(first).__name__}: {text}" if text else type(first).__name__
    report = report_of(first, message)
    if len(found) > 1:
        others = "\n".join(f"  and: {report_of(leaf, _named(leaf))}" for leaf in found[1:4])
        report = f"{report}\n{others}"
        message += f" (and {len(found) - 1} more)"
    return WorkflowError(message, report=report, code="uncaught_error")


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
