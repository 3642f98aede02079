"""Random programs and random workflow scripts, run in odw and in Node and compared (``make fuzz N=1000``).

``choices`` is where chance comes from; ``programs`` and its neighbours write programs over the language, ``workflow_scripts``
writes what a coding agent might; ``sides`` runs a program here and in Node; ``shrink`` makes a difference small.
"""
