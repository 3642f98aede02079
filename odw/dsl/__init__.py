"""Workflows in Python: decorators and hooks over the runtime's primitives.

May not: know of JavaScript or its values, import an executor or the report, print, read the clock. ``pydantic`` is imported by the
first result or argument that needs a type checked, not before.
"""
