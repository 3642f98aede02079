"""Binds the runtime's hooks into a realm: the one border between JavaScript values and Python values.

What crosses it goes through ``border.py``, as JSON, by copy; no Python object is ever handed to a script, and no script object is
kept by the runtime. ``program.py`` drives a compiled script from its first line to its result.

May not: spawn, touch the network, read clocks, print. Of trio it sees nothing: it awaits the runtime's inbox.
"""
