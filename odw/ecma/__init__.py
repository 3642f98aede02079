"""An ECMAScript library in Python: the values, abstract operations, jobs and intrinsics that compiled scripts use.

It knows nothing of odw and may not: read files, the network, the clock or the environment; spawn; print; or import
anything of odw outside this package. Names are those of ECMA-262 in snake_case; a deviation is marked ``NON-SPEC:``.
"""
