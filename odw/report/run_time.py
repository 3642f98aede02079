"""The run's own time: milliseconds since it began, without the pauses between its sessions."""

from __future__ import annotations

from odw.runtime.run_view import CallView, RunView


class RunTime:
    """Places moments of all sessions on one line. ``length`` is the whole of it, up to now while the run goes on."""

    def __init__(self, view: RunView) -> None:
        self._starts: list[
            tuple[float, float]
        ] = []  # of each session: when it began, and where that is on the line
        length = 0.0
        for session in view.sessions:
            self._starts.append((session.started, length))
            length += max(0.0, (view.moment if session.ended is None else session.ended) - session.started)
        self.length = length

    def at(self, moment: float, session: int) -> int:
        """Where ``moment`` (milliseconds since 1970) of a session, counted from 1, is on the line."""
        if not 1 <= session <= len(self._starts):
            return 0
        began, offset = self._starts[session - 1]
        return round(max(0.0, moment - began) + offset)

    def begin(self, session: int) -> int:
        return round(self._starts[session - 1][1])

    def spans(self, call: CallView) -> list[list[int]]:
        """``[start, end]`` of each attempt that ran in this run. Those of a call that was copied from another run have no place."""
        if call.session < 1:
            return []
        end = self.length
        return [
            [
                self.at(attempt.started, call.session),
                round(end) if attempt.ended is None else self.at(attempt.ended, call.session),
            ]
            for attempt in call.attempts
        ]
