"""``agent(prompt, options?)``: contract, section 3. From the author's options to a call that can be dispatched."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from odw.errors import UsageError
from odw.jsonvalue import MAX_DEPTH, too_deep
from odw.runtime.abc import ABSENT, AgentType, CallOutcome, CallRequest, Executor, Failure, Report
from odw.runtime.activity import replay_call, start_call
from odw.runtime.call import Call, Deadlines, Isolation, Settle
from odw.runtime.call_key import call_key, schema_text
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.halts import CapReached, Halt
from odw.runtime.journal.history import ResultLost, result_of
from odw.runtime.journal.replay import Replay
from odw.runtime.primitives.agent_schema import OptionError, checked, resolve_schema
from odw.runtime.retry import RetryPolicy
from odw.runtime.sizes import TooLarge, check_text_size
from odw.schema import NOT_JSON, Validator, json_in_text
from odw.settings import ON_FAILURE

LABEL_LENGTH = 60
EFFORTS = ("minimal", "low", "medium", "high", "xhigh", "max")
ISOLATIONS = ("worktree",)
_SPACE = re.compile(r"\s+")


def start_agent(
    run: RunContext,
    scope: Scope,
    prompt: str,
    options: Mapping[str, Any],
    settle: Settle,
    site: tuple[int | str, ...] = (),
) -> Call:
    """Check and queue one call; ``settle`` gets its end. ``site``: as in CallRequest.

    Raises OptionError for options that cannot work, CapReached and BudgetExhausted when no call may be made any more;
    nothing is dispatched or counted then.
    """
    if run.agents >= run.options.max_agents:
        raise CapReached(run.options.max_agents)
    try:
        check_text_size(prompt, "the prompt of agent()", run.options.max_value_mb)
    except TooLarge as error:
        raise OptionError("RangeError", str(error)) from None
    phase = _phase(options, scope)
    call = _prepare(run, scope, prompt, options, phase, site)
    run.agents += 1
    if run.replay is not None:
        if _replays(run, run.replay, call, settle):
            return call
        request = call.request
        if run.replay.is_anew(request.key, request.path, request.nth):
            run.anew = scope.path, call.serial
    if run.unmatched is not None:
        run.unmatched(call, settle)
    else:
        start_call(run, call, settle)
    return call


def _replays(run: RunContext, replay: Replay, call: Call, settle: Settle) -> bool:
    """Give ``call`` its recorded end, if there is one that can be read."""
    request = call.request
    recorded = replay.claim(request.key, request.path, request.nth, request.index)
    if recorded is None:
        return False
    try:
        value = result_of(recorded.event, run.directory.path)
    except ResultLost as lost:
        replay.lose(recorded, request.index, str(lost))
        run.note(f"a recorded result cannot be read, so its call runs again: {lost}")
        return False
    replay_call(run, call, recorded, value, settle)
    return True


def _prepare(
    run: RunContext,
    scope: Scope,
    prompt: str,
    options: Mapping[str, Any],
    phase: str | None,
    site: tuple[int | str, ...],
) -> Call:
    executor, runtime = _executor(run, options)
    run.ledger.check(phase, runtime)
    schema = options.get("schema")
    validator: Validator | None = None
    entry: dict[str, Any] = {}
    text = ""
    if schema is not None and schema is not False:
        schema = resolve_schema(run, scope.frame.meta, schema)
        text = schema_text(schema)
        validator, entry = _validator(run, text, schema)
    else:
        schema = None
    isolation = _isolation(options)
    on_failure = _on_failure(run, scope, options)
    agent = _agent(run, executor, options)
    model = _model(run, scope, phase, options, agent)
    effort = _effort(run, options)
    label = _label(prompt, options)
    config = {name: value for name, value in options.items() if name != "schema"}
    config.update(entry)
    own = run.backend.models.get(runtime) if model is None else None
    if model is not None:
        config["model"] = model
    elif own is not None:
        config["resolvedModel"] = own
    if effort is not None:
        config["effort"] = effort
    key = call_key(prompt, text, model, effort, runtime, options)
    # nothing below may raise: the path is taken
    request = CallRequest(
        prompt, options, schema, model, effort, runtime, label, phase,
        run.agents + 1, key, scope.next("a"), _text(options.get("cwd")) or run.options.project,
        nth=run.nth_equal(scope.path, key), agent=agent, site=site,
    )  # fmt: skip
    return Call(
        request,
        executor,
        _policy(run, executor, options),
        partial(_judge, run, validator) if validator is not None else None,
        config,
        on_failure,
        scope.frame.group,
        Deadlines(_timeout_s(run, options), _idle_s(options)),
        run.inbox.next_serial(),
        isolation,
        own,
    )


def _executor(run: RunContext, options: Mapping[str, Any]) -> tuple[Executor, str]:
    backend = run.backend
    runtime = options.get("runtime")
    if runtime is None or runtime in ("", "auto"):
        runtime = backend.default
    try:
        executor = backend.runtimes.get(runtime) if isinstance(runtime, str) else None
    except UsageError as error:  # another package's, whose code cannot be loaded
        raise OptionError("Error", f"agent({{runtime}}): {error.message}") from None
    if executor is None:
        from odw.diagnostics import closest

        known = ", ".join(sorted(backend.runtimes))
        meant = closest(runtime, backend.runtimes) if isinstance(runtime, str) else None
        also = f"; did you mean {meant}?" if meant else ""
        raise OptionError(
            "Error", f"agent({{runtime}}) received an unknown runtime {_shown(runtime)}; known: {known}{also}"
        )
    provider = options.get("provider") or options.get("bambooProvider")
    if provider and not executor.capabilities.providers:
        raise OptionError(
            "Error", f"agent({{provider}}) is not possible with the runtime {runtime}: it has no providers"
        )
    return executor, str(runtime)


def _validator(run: RunContext, text: str, schema: Any) -> tuple[Validator, dict[str, Any]]:
    """The validator of a schema, and how the journal names it: inline when short, else once in nodes/."""
    known = run.validators.get(text)
    if known is None:
        validator = checked(schema)
        entry = (
            {"schema": schema} if len(text) <= 2000 else {"schemaRef": run.journal.blob(text, ".schema.json")}
        )
        known = run.validators[text] = (validator, entry)
    return known


def _judge(run: RunContext, validator: Validator, report: Report) -> tuple[Any, tuple[str, ...]]:
    """An executor's report as the value of a call with a schema, or what is wrong with it."""
    value = report.value
    if value is ABSENT:
        value = json_in_text(report.text)
        if value is NOT_JSON:
            return None, ("$: the answer holds no JSON",)
    if too_deep(value):
        return None, (f"$: the answer nests more than {MAX_DEPTH} levels deep",)
    try:
        with run.guard:  # a script's own pattern may match for ever
            problems = validator.problems(value)
    except Halt as halt:
        return None, (f"$: the check of the answer was stopped: {halt.reason}",)
    return (None, problems) if problems else (value, ())


def _isolation(options: Mapping[str, Any]) -> Isolation | None:
    """``"worktree"``, or ``{worktree: true, dirty?: true}``; with the globs that bound what may change."""
    isolation = options.get("isolation")
    if isolation in (None, False, "", "none"):
        return None
    dirty = False
    if isinstance(isolation, dict) and isolation.get("worktree") is True:
        unknown = [name for name in isolation if name not in ("worktree", "dirty")]
        dirty = isolation.get("dirty") is True
        isolation = isolation if unknown else "worktree"
    if isolation not in ISOLATIONS:
        known = ", ".join(f'"{name}"' for name in ISOLATIONS)
        raise OptionError(
            "Error",
            f"agent({{isolation}}) received an unknown isolation {_shown(isolation)}; known: {known}, "
            "{worktree: true, dirty: true}",
        )
    return Isolation(dirty, _globs(options, "allowPaths"), _globs(options, "forbidPaths"))


def _globs(options: Mapping[str, Any], name: str) -> tuple[str, ...]:
    globs = options.get(name)
    if globs is None:
        return ()
    if isinstance(globs, str):
        return (globs,)
    if not isinstance(globs, list) or not all(isinstance(glob, str) for glob in globs):
        raise OptionError(
            "TypeError", f"agent({{{name}}}) expects an array of path patterns, found {_shown(globs)}"
        )
    return tuple(globs)


def _phase(options: Mapping[str, Any], scope: Scope) -> str | None:
    phase = options.get("phase")
    return scope.current_phase if phase is None else _text(phase)


def _agent(run: RunContext, executor: Executor, options: Mapping[str, Any]) -> AgentType | None:
    """What ``agentType`` names. Raises OptionError for a name that is unknown where that does harm."""
    name = options.get("agentType")
    if name is None or name == "":
        return None
    if not isinstance(name, str):
        raise OptionError("TypeError", f"agent({{agentType}}) expects a name, found {_shown(name)}")
    found = run.agent_types.find(name, executor.capabilities)
    if found is None:
        run.note(
            f"agentType {_shown(name)} is not known here: no file describes it; the call goes on without it"
        )
    elif not found.prompt and ":" in name:
        run.note(f"agentType {_shown(name)} is passed on to {executor.name}, whose plugins must know it")
    return found


def _model(
    run: RunContext, scope: Scope, phase: str | None, options: Mapping[str, Any], agent: AgentType | None
) -> str | None:
    """Option > the agent type's > the phase's model in meta > ``meta.model`` > ``--model`` > None, the executor's own."""
    frame = scope.frame
    for model in (
        options.get("model"),
        agent.model if agent is not None else None,
        frame.phases.get(phase or ""),
        frame.meta.get("model"),
        run.options.model,
    ):
        if isinstance(model, str) and model:
            return model
    return None


def _effort(run: RunContext, options: Mapping[str, Any]) -> str | None:
    effort = options.get("effort")
    if effort is None:
        return run.options.effort
    text = _text(effort)
    if text not in EFFORTS:
        run.note(f"effort {_shown(effort)} is none of {', '.join(EFFORTS)}; it is passed on as it is")
    return text


def _label(prompt: str, options: Mapping[str, Any]) -> str:
    for name in ("label", "id", "nodeId"):
        label = options.get(name)
        if label is not None and label != "":
            return _text(label)
    # 1000 characters hold 60 that are no white space, but for prompts that are nearly blank
    return _SPACE.sub(" ", prompt[:1000]).strip()[:LABEL_LENGTH].strip()


def _policy(run: RunContext, executor: Executor, options: Mapping[str, Any]) -> RetryPolicy:
    retry = options.get("retry")
    nested = retry if isinstance(retry, dict) else {}
    attempts = _number(
        nested.get("maxAttempts"), _number(options.get("maxAttempts"), run.options.max_attempts)
    )
    backoff = _number(nested.get("backoff"), None)  # milliseconds
    seconds = executor.capabilities.backoff_s if backoff is None else backoff / 1000
    return RetryPolicy(max(1, min(100, int(attempts or 1))), max(0.0, seconds))


def _timeout_s(run: RunContext, options: Mapping[str, Any]) -> float | None:
    """``timeoutMs`` in milliseconds, ``timeout`` in seconds as on the command line, else ``--timeout``."""
    milliseconds = _number(options.get("timeoutMs"), None)
    if milliseconds is None:
        seconds = _number(options.get("timeout"), None)
        milliseconds = run.options.timeout_ms if seconds is None else seconds * 1000
    return milliseconds / 1000 if milliseconds is not None and milliseconds > 0 else None


def _idle_s(options: Mapping[str, Any]) -> float | None:
    """``stallMs``: how long an executor may be silent."""
    milliseconds = _number(options.get("stallMs"), None)
    return milliseconds / 1000 if milliseconds is not None and milliseconds > 0 else None


def _on_failure(run: RunContext, scope: Scope, options: Mapping[str, Any]) -> str:
    """Option > ``meta.onFailure`` > ``--on-failure`` / ODW_ON_FAILURE."""
    for source, policy in (("agent", options.get("onFailure")), ("meta", scope.frame.meta.get("onFailure"))):
        if policy is None:
            continue
        if policy not in ON_FAILURE:
            known = ", ".join(f'"{name}"' for name in ON_FAILURE)
            where = "agent({onFailure})" if source == "agent" else "meta.onFailure"
            raise OptionError("Error", f"{where} received {_shown(policy)}; known: {known}")
        return str(policy)
    return run.options.on_failure


def failure_report(call: Call, outcome: CallOutcome) -> dict[str, Any]:
    """What ``onFailure: "report"`` gives: rust-odw's structured object."""
    failure = outcome.failure or Failure("unknown", "")
    advice = "Run it again." if failure.retryable else _ADVICE.get(failure.category, "See the run's report.")
    return {
        "ok": False,
        "origin": {
            "phase": call.request.phase,
            "agent": call.request.label,
            "attempt": len(outcome.attempts),
        },
        "error": {"category": failure.category, "message": failure.message, "retryable": failure.retryable},
        "feedback": {
            "retryable": failure.retryable,
            "user_message": f"{call.request.label}: {failure.message}",
            "next_action": advice,
        },
    }


_ADVICE = {
    "schema": "Loosen the schema, or say in the prompt what the answer must look like.",
    "quota": "Wait until the quota is renewed, or choose another runtime, and resume the run.",
    "authentication": "Log in to the runtime or set its key, and resume the run.",
    "configuration": "Correct the settings that the message names, and resume the run.",
    "timeout": "Give the agent more time with timeoutMs, or less to do.",
}


def _number(value: Any, default: float | None) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    return default


def _text(value: Any) -> str:
    """A JSON value where a text is expected."""
    return value if isinstance(value, str) else "" if value is None else _shown(value)


def _shown(value: Any) -> str:
    from json import dumps

    text = dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:79] + "…"
