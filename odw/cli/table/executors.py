"""Commands about the executors: which could work, and what models they offer."""

from __future__ import annotations

from odw.cli.table.running import PATH
from odw.cli.table.types import Argument, Command, Option

_AS_JSON = Option("json", ("--json",), "Print JSON instead of text.")

DOCTOR = Command(
    "doctor",
    "doctor_command:doctor_command",
    "Show which executors could work here, what is missing, and the next step for each.",
    "Programs are asked for their version, all at once and for at most 5 s; no model is called, nothing is written, and no "
    "key is shown. Exit codes: 0 a run could work with some executor; 1 with none; 2 wrong usage.",
    (),
    (_AS_JSON, PATH),
)

MODELS = Command(
    "models",
    "models_command:models_command",
    "List the models and aliases that each executor offers, with their prices where known.",
    "Prices are in US dollars per million tokens. Other names are passed on as they are: an executor may know more than odw.",
    (
        Argument(
            "executor",
            "EXECUTOR",
            "An executor, or one that odw.toml declares; all if left out.",
            required=False,
        ),
    ),
    (_AS_JSON, PATH),
)
