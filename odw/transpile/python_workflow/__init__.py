"""``odw transpile --style dsl``: a script as a workflow in Python, over odw's own interface, worth reading and going on with.

``inference`` says what each value may be; ``names`` what it is called; ``expressions``, ``statements`` and the files beside them write
Python where that is exact, and a function of ``odw.js`` where it is not; ``module`` puts the text together. A script that cannot be
written is refused at its line: never a program that does something else.

May not: run anything, or import ``odw.dsl``, whose names it only writes.
"""
