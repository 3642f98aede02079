"""The commands and options of ``odw``, a file per family; ``odw.cli.options`` puts them together."""
