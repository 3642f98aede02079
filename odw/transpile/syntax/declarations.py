"""Which names each scope declares, so that a second declaration is refused where it stands.

The early errors of 14.2.1, 14.7, 14.12.1, 14.15.1, 15.1.1 and 16.2.1.1: no name twice among the lexical declarations
of a scope, none both lexical and ``var``, no lexical declaration of a parameter's name.
"""

from __future__ import annotations

from typing import Final

LEXICAL: Final = "lexical"  # let, const, class, import
FUNCTION: Final = "function"
VAR: Final = "var"  # also parameters
CATCH: Final = "catch"  # the single identifier of a catch clause, which a var may repeat (annex B.3.4)


class _Scope:
    __slots__ = ("catch", "functions", "is_function", "lexical", "var")

    def __init__(self, is_function: bool) -> None:
        self.is_function = is_function
        self.lexical: set[str] = set()
        self.functions: set[str] = set()
        self.var: set[str] = set()
        self.catch: str | None = None


class Declarations:
    """The stack of scopes; the outermost is the module."""

    def __init__(self) -> None:
        self._scopes = [_Scope(is_function=False)]

    def enter(self, is_function: bool = False) -> None:
        self._scopes.append(_Scope(is_function))

    def leave(self) -> None:
        self._scopes.pop()

    def declare(self, name: str, kind: str) -> bool:
        """False if the scope has the name already, so that this declaration is an error."""
        scope = self._scopes[-1]
        if kind == VAR:
            return self._declare_var(name)
        if kind == CATCH:
            scope.catch = name
            scope.lexical.add(name)
            return True
        repeats_function = name in scope.functions and not (kind == FUNCTION and scope.is_function)
        repeats_var = name in scope.var and not (kind == FUNCTION and scope.is_function)
        if name in scope.lexical or repeats_function or repeats_var:
            return False
        (scope.functions if kind == FUNCTION else scope.lexical).add(name)
        return True

    def _declare_var(self, name: str) -> bool:
        """A ``var`` passes through every block up to its function, and may meet a lexical name in none."""
        for scope in reversed(self._scopes):
            if name in scope.lexical and name != scope.catch:
                return False
            if name in scope.functions and not scope.is_function:
                return False
            scope.var.add(name)
            if scope.is_function:
                break
        return True

    def module_has(self, name: str) -> bool:
        """Whether the outermost scope declares the name (for ``export {name}``)."""
        scope = self._scopes[0]
        return name in scope.lexical or name in scope.functions or name in scope.var
