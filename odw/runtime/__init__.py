"""The runtime: runs a workflow of any language, dispatches its agent calls, and records what happens before it is used.

May not: import a front end, an executor, jinja2 or typer; print; read a clock except through ``abc.Clock``; know what a
JavaScript value is. Executors and programs are handed in as objects (``abc.py``).
"""
