"""A runner for tc39/test262, the conformance suite of the engines, over a checkout given by its path.

``python -m tests.ecma.test262 CHECKOUT [DIR…]`` runs the tests in scope (scope.py) in parallel worker processes (pool.py),
each in a realm of its own (judge.py), and keeps the ledger ``tests/ecma/test262-ledger.toml`` (ledger.py). Nothing of the
suite is stored here.
"""
