"""How each program speaks: a file with a class ``Dialect`` that gives the lines it writes. The stand-in loads one by its path.

A line is a text, or anything else to be written as JSON. ``Dialect(options)``, with the subject's table of odw.toml, has

- ``begin()``: what the program writes before it works,
- ``say(text)`` and ``tool(name, what)``: what it tells on the way; no lines if it tells nothing,
- ``end(text, usage)``: its final answer. ``usage`` is None, or has ``input``, ``output`` and ``cost``, for absurd ones no numbers,
- ``end_value(value, usage)``: the same for a structured answer,
- ``fails``: error class → ``(lines, exit code)``, the failures that it reports in an order of its own,
- ``usage``: what the report must hold when 11 tokens went in and 7 came out, field → number; ``{}`` if it tells none,
- ``session``: what the program names the session that it begins; None if it has none,
- ``whole``: whether its output means something only as a whole, and is therefore kept in memory.

Dialects import only the standard library: the stand-in has to start fast.
"""
