"""esprima's Parser and Scanner, imported quickly.

esprima 4.0.1 sorts all 1.1 million code points into Python sets when ``esprima.character`` is imported (0.4 s, 100 MB).
Our scanner asks ``syntax/characters.py`` instead, so that module is put in its place before the first import. Any
other version of esprima is refused: the subclass relies on this one's inner workings, and there will be no other.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec

from odw.errors import InternalError
from odw.transpile.syntax import characters

_VERSION = "4.0.1"


def _seed() -> None:
    if "esprima" in sys.modules:
        return
    spec = find_spec("esprima")
    if spec is None or not _is_pinned(spec):
        raise InternalError(
            f"the package esprima {_VERSION} is not installed (or another version is)",
            hint=f"Install it: pip install esprima=={_VERSION}",
        )
    sys.modules.setdefault("esprima.character", characters)


def _is_pinned(spec: ModuleSpec) -> bool:
    """Read the version from the package's own text: asking the installed metadata costs more than the whole import."""
    source = getattr(spec.loader, "get_source", lambda _: None)("esprima")
    return f"version = '{_VERSION}'" in (source or "")


_seed()

from esprima.parser import Context, Parser  # noqa: E402  # after the seed
from esprima.scanner import Scanner  # noqa: E402

__all__ = ["Context", "Parser", "Scanner"]
