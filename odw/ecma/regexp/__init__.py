"""Regular expressions: JavaScript patterns parsed, translated to Python's ``re`` where that is exact, else matched here.

``syntax`` parses a pattern to the nodes of ``tree`` (early errors with V8's texts). ``compiled.compile_regexp`` chooses the
engine: a translation for ``re`` (``translate``) when the two languages provably agree on the pattern, else the
backtracking machine of this package (``program``, ``machine``), helped by a translation that finds where to start.
"""
