"""What is kept of what an agent said."""

from __future__ import annotations

import pytest

from odw.executors import _said
from odw.executors._said import Said


def test_pieces_in_order() -> None:
    said = Said()
    assert (bool(said), said.last, said.text(), said.complete) == (False, "", "", True)
    said.add("one")
    said.add("two")
    assert (bool(said), said.last, said.text(), said.text("")) == (True, "two", "one\n\ntwo", "onetwo")
    said.clear()
    said.add("")
    assert (bool(said), said.text()) == (False, "")


def test_only_the_end_of_very_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_said, "KEPT", 10)
    said = Said()
    for piece in ("12345", "67890"):
        said.add(piece)
    assert (said.text(""), said.complete) == ("1234567890", True)
    said.add("a")
    assert (said.text(""), said.complete) == ("67890a", False)
    said.add("a piece that is longer than all that is kept")
    assert said.text("") == said.last == "a piece that is longer than all that is kept"
    assert said.problem == "output-limit: an answer of more than 10 characters"
    said.clear()
    assert said.complete
