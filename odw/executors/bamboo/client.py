"""One request to the provider, streamed, tried again where that is worth it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx

from odw.executors.bamboo.failures import RETRIED, ProviderError, refusal
from odw.executors.bamboo.provider import Choice
from odw.executors.bamboo.wire import Assembly, BadStream, Turn, events

CONNECT_S = 20.0
SILENCE_S = 300.0  # between two bytes of an answer: reasoning models may be silent for minutes
PAUSES_S = (0.5, 1.5, 4.0, 10.0, 20.0)
LONGEST_PAUSE_S = 60.0


class ChatClient:
    """``told(text)`` is called with each piece of text as it comes, ``waits(error, seconds)`` before a pause."""

    def __init__(
        self, choice: Choice, told: Callable[[str], None], waits: Callable[[ProviderError, float], None]
    ) -> None:
        headers = {"User-Agent": "odw-bamboo", "Accept": "text/event-stream"}
        if choice.key:
            headers["Authorization"] = f"Bearer {choice.key}"
        self._url = f"{choice.base_url}/chat/completions"
        timeout = httpx.Timeout(SILENCE_S, connect=CONNECT_S)
        # a local server is not to be looked for through a proxy; httpx reads the proxies and NO_PROXY from the environment
        self._http = httpx.Client(headers=headers, timeout=timeout, follow_redirects=False)
        self._told = told
        self._waits = waits

    def close(self) -> None:
        self._http.close()

    def ask(self, body: dict[str, Any], *, tries: int) -> Turn:
        """The model's turn. Raises ProviderError when ``tries`` did not help, or when trying again would not."""
        for turn in range(tries):
            try:
                return self._once(body)
            except ProviderError as error:
                last = turn == tries - 1
                pause = max(PAUSES_S[min(turn, len(PAUSES_S) - 1)], error.retry_after_s or 0.0)
                if last or error.category not in RETRIED or pause > LONGEST_PAUSE_S:
                    raise
                self._waits(error, pause)
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _once(self, body: dict[str, Any]) -> Turn:
        try:
            with self._http.stream("POST", self._url, json=body) as response:
                if response.status_code != 200:
                    raise refusal(response.status_code, response.read(), response.headers, time.time())
                if "json" in response.headers.get("content-type", ""):  # it does not stream
                    response.read()
                    return self._assembled(iter([response.json()]))
                return self._assembled(events(response.iter_lines()))
        except BadStream as error:
            raise ProviderError("network", str(error)) from None
        except httpx.TimeoutException as error:
            raise ProviderError(
                "network", f"the provider was silent too long ({type(error).__name__})"
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise ProviderError("network", f"{type(error).__name__}: {error}") from None

    def _assembled(self, chunks: Any) -> Turn:
        assembly = Assembly()
        for chunk in chunks:
            text = assembly.feed(chunk)
            if text:
                self._told(text)
        return assembly.turn()
