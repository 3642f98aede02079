"""Files that one attempt's program reads: 0600, in a directory of their own, gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from odw.errors import ExecutorError


@contextmanager
def call_files(contents: Mapping[str, bytes]) -> Iterator[dict[str, str]]:
    """File name → absolute path. No directory is made for nothing. Raises ExecutorError (transient) if there is no room."""
    if not contents:
        yield {}
        return
    import tempfile

    try:
        place = tempfile.TemporaryDirectory(prefix="odw-call-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _cannot_write(error) from None
    with place as directory:
        paths = {}
        for name, data in contents.items():
            path = paths[name] = f"{directory}/{name}"
            try:
                with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
                    file.write(data)
            except OSError as error:
                raise _cannot_write(error) from None
        yield paths


def _cannot_write(error: OSError) -> ExecutorError:
    return ExecutorError(
        f"cannot write the agent's prompt into a file: {error.strerror}", category="transient", retryable=True
    )
