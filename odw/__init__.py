"""odw: the open, self-hosted runner for dynamic workflows.

The names below make workflows in Python (docs/python.md). Each is imported when it is first used, so that ``import odw`` costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which takes longer to import than all the rest
if TYPE_CHECKING:
    from typing import Any

    from odw import patterns
    from odw.dsl.agents import Agent, agent, prompt
    from odw.dsl.calls import call
    from odw.dsl.composition import Settled, gather, gather_settled, parallel, parallel_map, pipeline, race
    from odw.dsl.errors import AgentFailed, InvalidOption, NobodyToAsk
    from odw.dsl.fakes import fake_agents
    from odw.dsl.hooks import args, budget, checkpoint, log, phase
    from odw.dsl.human import human
    from odw.dsl.javascript import js
    from odw.dsl.steps import Step, now, random, step, uuid
    from odw.dsl.timers import sleep, timeout
    from odw.dsl.workflows import Workflow, workflow
    from odw.loader import run, run_sync
    from odw.runtime.halts import BudgetExhausted, CapReached, Halt

__version__ = "0.1.0"

_HOME = {
    "Agent": "odw.dsl.agents",
    "AgentFailed": "odw.dsl.errors",
    "BudgetExhausted": "odw.runtime.halts",
    "CapReached": "odw.runtime.halts",
    "Halt": "odw.runtime.halts",
    "InvalidOption": "odw.dsl.errors",
    "NobodyToAsk": "odw.dsl.errors",
    "Settled": "odw.dsl.composition",
    "Step": "odw.dsl.steps",
    "Workflow": "odw.dsl.workflows",
    "agent": "odw.dsl.agents",
    "args": "odw.dsl.hooks",
    "budget": "odw.dsl.hooks",
    "call": "odw.dsl.calls",
    "checkpoint": "odw.dsl.hooks",
    "fake_agents": "odw.dsl.fakes",
    "gather": "odw.dsl.composition",
    "gather_settled": "odw.dsl.composition",
    "js": "odw.dsl.javascript",
    "human": "odw.dsl.human",
    "log": "odw.dsl.hooks",
    "now": "odw.dsl.steps",
    "parallel": "odw.dsl.composition",
    "parallel_map": "odw.dsl.composition",
    "phase": "odw.dsl.hooks",
    "patterns": "odw.patterns",
    "pipeline": "odw.dsl.composition",
    "prompt": "odw.dsl.agents",
    "race": "odw.dsl.composition",
    "random": "odw.dsl.steps",
    "run": "odw.loader",
    "run_sync": "odw.loader",
    "sleep": "odw.dsl.timers",
    "step": "odw.dsl.steps",
    "timeout": "odw.dsl.timers",
    "uuid": "odw.dsl.steps",
    "workflow": "odw.dsl.workflows",
}

__all__ = [
    "Agent",
    "AgentFailed",
    "BudgetExhausted",
    "CapReached",
    "Halt",
    "InvalidOption",
    "NobodyToAsk",
    "Settled",
    "Step",
    "Workflow",
    "__version__",
    "agent",
    "args",
    "budget",
    "call",
    "checkpoint",
    "fake_agents",
    "gather",
    "gather_settled",
    "human",
    "js",
    "log",
    "now",
    "parallel",
    "parallel_map",
    "patterns",
    "phase",
    "pipeline",
    "prompt",
    "race",
    "random",
    "run",
    "run_sync",
    "sleep",
    "step",
    "timeout",
    "uuid",
    "workflow",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'odw' has no attribute {name!r}")
    from importlib import import_module

    module = import_module(home)
    value = globals()[name] = module if home == f"odw.{name}" else getattr(module, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
