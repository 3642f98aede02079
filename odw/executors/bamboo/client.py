"""One request to the provider, streamed, tried again where that is worth it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx

from odw.executors.bamboo.failures import RETRIED, ProviderError, broken_off, refusal
from odw.executors.bamboo.provider import Choice
from odw.executors.bamboo.wire import Assembly, BadStream, Turn, events, lines_of

CONNECT_S = 20.0
SILENCE_S = 300.0  # between two bytes of an answer: reasoning models may be silent for minutes
PAUSES_S = (0.5, 1.5, 4.0, 10.0, 20.0)
LONGEST_PAUSE_S = 60.0
LOCAL = frozenset(("127.0.0.1", "localhost", "::1"))


class ChatClient:
    """``told(text)`` is called with each piece that comes, "" for one without text; ``waits(error, seconds)`` before a pause."""

    def __init__(
        self, choice: Choice, told: Callable[[str], None], waits: Callable[[ProviderError, float], None]
    ) -> None:
        headers = {
            "User-Agent": "odw-bamboo",
            "Accept": "text/event-stream",
            "Content-Type": "application/json",
        }
        if choice.key:
            headers["Authorization"] = f"Bearer {choice.key}"
        self._url = f"{choice.base_url}/chat/completions"
        address = urlsplit(choice.base_url)
        self._http = httpx.Client(
            headers=headers,
            timeout=httpx.Timeout(SILENCE_S, connect=CONNECT_S),
            follow_redirects=False,  # the key is for this server
            trust_env=address.hostname not in LOCAL,  # a local server is not behind a proxy
            verify=address.scheme == "https",  # no certificates are loaded where none are looked at
        )
        self._told = told
        self._waits = waits

    def close(self) -> None:
        self._http.close()

    def ask(self, body: dict[str, Any], *, tries: int) -> Turn:
        """The model's turn. Raises ProviderError when ``tries`` did not help, or when trying again would not."""
        # file names may hold bytes that no encoding has, and models write half characters
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        for turn in range(tries):
            try:
                return self._once(data)
            except ProviderError as error:
                last = turn == tries - 1
                pause = max(PAUSES_S[min(turn, len(PAUSES_S) - 1)], error.retry_after_s or 0.0)
                if last or error.category not in RETRIED or pause > LONGEST_PAUSE_S:
                    raise
                self._waits(error, pause)
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _once(self, data: bytes) -> Turn:
        try:
            with self._http.stream("POST", self._url, content=data) as response:
                if response.status_code != 200:
                    raise refusal(response.status_code, response.read(), response.headers, time.time())
                if "json" in response.headers.get("content-type", ""):  # it does not stream
                    response.read()
                    return self._assembled(iter([response.json()]))
                return self._assembled(events(lines_of(response.iter_bytes())))
        except BadStream as error:
            if error.error is not None:
                raise broken_off(error.error) from None
            raise ProviderError("network", str(error)) from None
        except httpx.TimeoutException as error:
            raise ProviderError(
                "network", f"the provider was silent too long ({type(error).__name__})"
            ) from None
        except httpx.UnsupportedProtocol as error:
            raise ProviderError("configuration", str(error)) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise ProviderError("network", f"{type(error).__name__}: {error}") from None

    def _assembled(self, chunks: Iterator[Any]) -> Turn:
        assembly = Assembly()
        for chunk in chunks:
            self._told(assembly.feed(chunk))
        return assembly.turn()
