"""From a script's syntax tree to a Python one: ``modules.lower_program`` is the way in, ``visitor.py`` says what is where.

May not: make Python source text, change a node of either side's tables, look at the realm or run anything.
"""
