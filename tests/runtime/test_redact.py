"""Redaction: what is known, what looks like a key, however it is cut; and what must be left alone."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odw.runtime.redact import HIDDEN, LONGEST, RedactedStream, Redactor, is_secret

CANARY = "canary-1234567890"
LONG = "L0ng-" * 500
LINES = "first line of it\nsecond line\nand the third"
KNOWN = {
    "MY_API_KEY": CANARY,
    "LONG_TOKEN": LONG,
    "NOTE_SECRET": LINES,
    "QUOTED_PASSWORD": 'a "quoted" \\ word',
}

# Shapes of keys, none of them real. They are put together here so that no scanner takes this file for a leak.
KEY = "Ab1" * 14
PEM_BODY = "\n".join(["MIIEpAIBAAKCAQEA7bq" * 3] * 12 + ["Zm9vYmFy=="])
PEM = f"-----BEGIN RSA PRIVATE KEY-----\n{PEM_BODY}\n-----END RSA PRIVATE KEY-----"
SHAPES = {
    "anthropic": f"sk-ant-api03-{KEY}",
    "openai": f"sk-proj-{KEY}",
    "deepseek": "sk-" + "0123456789abcdef" * 2,
    "github": f"ghp_{KEY}",
    "github server": f"ghs_{KEY}",
    "github fine": f"github_pat_{KEY}",
    "gitlab": f"glpat-{KEY}",
    "slack": "xoxb-" + "123456789012-" * 2,
    "aws": "AKIA" + "ABCDEFGH12345678",
    "google": "AIza" + KEY[:35],
    "npm": "npm_" + KEY[:36],
    "hugging face": f"hf_{KEY}",
    "web token": f"eyJ{KEY}.eyJ{KEY}.{KEY}",
    "private key": PEM,
    "private key in JSON": PEM.replace("\n", "\\n"),
    "encrypted key": PEM.replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\nM", 1),
}  # fmt: skip
LEFT_ALONE = (
    "task-force-that-meets-on-mondays-in-2026",
    "desk-1234567890123456789012345",
    "sk-learn-contrib-compatible-estimators",
    "risk-assessment-of-the-2026-budget-year",
    "commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "the bearer of this letter, Mr. Authorization-Code, may pass",
    "Authorization: Bearer authentication/authorization",
    "550e8400-e29b-41d4-a716-446655440000",
    "https://example.org/a/very/long/path/with-many-parts_and_underscores?q=1",
    "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA7bqMIIEpAIB\n-----END CERTIFICATE-----",
    "a key file begins with -----BEGIN PRIVATE KEY----- and ends with a line like it.",
    "npm_config_registry hf_transfer ghp_ sk- eyJ AKIA xox",
    "der Schlüssel ist weg 🔑 – näheres später",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
)


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor(KNOWN)


def fed(redactor: Redactor, *chunks: bytes) -> bytes:
    stream = RedactedStream(redactor)
    return b"".join(stream.feed(chunk) for chunk in chunks) + stream.end()


@pytest.mark.parametrize("value", [CANARY, LONG, LINES])
def test_known_values_go_wherever_they_stand(redactor: Redactor, value: str) -> None:
    assert redactor.text(f"a{value}b{value}") == f"a{HIDDEN}b{HIDDEN}"
    assert redactor.bytes(f"ä{value}🙂".encode()) == f"ä{HIDDEN}🙂".encode()


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_of_keys_go(redactor: Redactor, shape: str) -> None:
    secret = SHAPES[shape]
    for before, after in (("", ""), ("key: ", "\n"), ('{"k":"', '"}'), ("(", ")"), ("\n", " and more")):
        assert redactor.text(before + secret + after) == before + HIDDEN + after
        assert redactor.bytes(f"{before}{secret}{after}".encode()) == f"{before}{HIDDEN}{after}".encode()
    assert redactor.text(f"Authorization: Bearer {KEY}") == f"Authorization: Bearer {HIDDEN}"


def test_a_private_key_that_was_cut_off_goes_too(redactor: Redactor) -> None:
    assert redactor.text(PEM[:300]) == HIDDEN
    assert fed(redactor, PEM[:200].encode(), PEM[200:300].encode()) == HIDDEN.encode()


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_no_secret_stays(redactor: Redactor, text: str) -> None:
    assert redactor.text(text) == text
    assert fed(redactor, text.encode()) == text.encode()


@pytest.mark.parametrize(
    "secret", [CANARY, LONG, LINES, f"Bearer {KEY}", *SHAPES.values()], ids=lambda text: text[:12]
)
@pytest.mark.parametrize(
    ("before", "after"), [("said: ", " end"), ('{"x":1,"k":"', '"}\n'), ("x y " * 700, " z" * 900)]
)
def test_a_cut_at_any_byte_changes_nothing(redactor: Redactor, secret: str, before: str, after: str) -> None:
    data = f"{before}{secret}{after}".encode()
    expected = redactor.bytes(data)
    assert HIDDEN.encode() in expected
    middle = range(max(0, len(before) - 60), min(len(data), len(before) + len(secret) + 60))
    for cut in middle:
        assert fed(redactor, data[:cut], data[cut:]) == expected, cut
    for size in (1, 7, 64, 1000, 1024, 4096, 1 << 16):
        assert fed(redactor, *(data[at : at + size] for at in range(0, len(data), size))) == expected, size


PIECES = st.sampled_from(
    [*SHAPES.values(), *LEFT_ALONE, CANARY, LINES, "\n", " ", '"', "Bearer ", "-----", "\\n", "word", "ä"]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=12), st.lists(st.integers(0, 4000), max_size=12))
def test_chunks_are_no_matter(pieces: list[str], cuts: list[int]) -> None:
    redactor = Redactor(KNOWN)
    data = "\t".join(pieces).encode()
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    chunks = [data[start:end] for start, end in pairwise(places)]
    assert fed(redactor, *chunks) == redactor.bytes(data)


def test_no_more_is_held_back_than_a_token_may_be_long(redactor: Redactor) -> None:
    stream, passed, given = RedactedStream(redactor), 0, 0
    for chunk in [b"x" * 65536] * 40 + [b"x"] * 100:
        passed, given = passed + len(stream.feed(chunk)), given + len(chunk)
        assert given - passed <= LONGEST
    assert passed + len(stream.end()) == given
    for line in (b"a line\n", b"-----BEGIN CERTIFICATE-----\n" + b"A" * 64 + b"\n", b"\xff\xfe\n"):
        assert stream.feed(line) == line  # nothing waits in vain


def test_json_values_keep_their_shape_and_identity(redactor: Redactor) -> None:
    clean = {"a": [1, None, "text", {"b": True}], "c": 1.5}
    assert redactor.json(clean) is clean
    found = redactor.json({CANARY: [CANARY, {"deep": f"x{CANARY}"}], "n": 7})
    assert found == {HIDDEN: [HIDDEN, {"deep": f"x{HIDDEN}"}], "n": 7}
    assert redactor.json(KNOWN["QUOTED_PASSWORD"]) == HIDDEN
    # as JSON the value looks different, so that bytes of JSON do not show it: what is parsed is looked at again
    assert redactor.json(json.loads(json.dumps([KNOWN["QUOTED_PASSWORD"]]))) == [HIDDEN]


def test_a_longer_value_wins_over_one_that_it_begins_with() -> None:
    redactor = Redactor({"A_KEY": "abcdefg1", "B_KEY": "abcdefg1-and-more"})
    assert redactor.text("abcdefg1-and-more, abcdefg1") == f"{HIDDEN}, {HIDDEN}"
    assert fed(redactor, b"abcdefg1", b"-and-more") == HIDDEN.encode()


def test_values_are_learnt_later() -> None:
    redactor = Redactor({})
    assert redactor.text(CANARY) == CANARY
    redactor.learn({"LATE_TOKEN": CANARY})
    redactor.learn({"LATE_TOKEN": CANARY, "PATH": "/usr/bin"})
    assert redactor.text(f"{CANARY} /usr/bin") == f"{HIDDEN} /usr/bin"


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("ANTHROPIC_API_KEY", "anything-long", True),
        ("GITHUB_TOKEN", "anything-long", True),
        ("DB_PASSWORD", "hunter2hunter2", True),
        ("HTTP_COOKIE", "session=12345", True),
        ("BASIC_AUTH", "user:password", True),
        ("MY_CREDENTIALS", "user:password", True),
        ("PROXY_AUTH", "http://user:pass@host", True),  # it holds a password
        ("API_KEY", "short", False),  # would be found everywhere
        ("KEYBOARD_LAYOUT", "de-nodeadkeys", False),
        ("GIT_AUTHOR_NAME", "Ada Lovelace", False),
        ("SSH_AUTH_SOCK", "some-socket-name", False),
        ("MAX_TOKENS", "1000000000", False),
        ("KEY_FILE", "secret-key.pem", False),
        ("TOKEN_ENDPOINT", "https://example.org/token", False),
        ("SECRET_HOME", "/home/somebody", False),
        ("USE_API_KEY", "disabled", False),
        ("PATH", "/usr/bin:/bin", False),
    ],
)
def test_which_variables_hold_secrets(name: str, value: str, secret: bool) -> None:
    assert is_secret(name, value) is secret


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA PRIVATE KEY-----\n" + "level: info msg: started\n" * 2000 + "!",
        "sk-" * 40_000,
        "-eyJ" * 60_000,
        "earer " * 30_000,
    ],
)
def test_what_only_looks_like_a_secret_costs_no_more_than_its_length(text: str) -> None:
    """Each of these once took minutes, or for ever; nothing is measured: a search that goes wrong does not come back."""
    redactor = Redactor({})
    assert redactor.text(text) == text and redactor.bytes(text.encode()) == text.encode()


@pytest.mark.parametrize("value", ['pa"ss\\word-1', "two\nlines-of-it", "pässwörd-99"])
def test_a_value_is_hidden_in_lines_of_json_too(value: str) -> None:
    for ascii_only in (True, False):
        line = json.dumps({"text": f"the secret is {value}!"}, ensure_ascii=ascii_only)
        redacted = Redactor({"DB_PASSWORD": value}).bytes(line.encode()).decode()
        assert json.loads(redacted) == {"text": "the secret is [redacted]!"}


@pytest.mark.parametrize("before", ["\\n", "\\t", "\\r\\n", "\\u000a", '\\"', " ", ":"])
@pytest.mark.parametrize("key", ["sk-" + "ant-a1B2" * 5, "ghp_" + "a1B2" * 9, "AKIA" + "ABCD" * 4])
def test_a_key_behind_an_escape_of_json_is_hidden_however_it_is_cut(before: str, key: str) -> None:
    line = f'{{"text":"see{before}{key}"}}\n'.encode()
    assert Redactor({}).bytes(line) == f'{{"text":"see{before}[redacted]"}}\n'.encode()
    for cut in range(len(line)):
        stream = RedactedStream(Redactor({}))
        assert key.encode() not in stream.feed(line[:cut]) + stream.feed(line[cut:]) + stream.end(), cut


def test_who_only_speaks_of_a_private_key_holds_nothing_back() -> None:
    stream = RedactedStream(Redactor({}))
    out = stream.feed(b'{"text":"I look for -----BEGIN RSA PRIVATE KEY----- in the files"}\n')
    assert (out + stream.feed(b'{"type":"usage"}\n')).count(b"usage") == 1


def test_members_of_json_behind_a_private_key_stay() -> None:
    line = json.dumps({"a": "-----BEGIN RSA PRIVATE KEY-----\nNote: x", "b": "y\n" + "A" * 24 + "\n"})
    assert json.loads(Redactor({}).bytes(line.encode())) == json.loads(line)


@pytest.mark.parametrize(
    ("value", "secret"), [("postgres", False), ("localhost", False), ("hunter22", True), ("a" * 16, True)]
)
def test_a_plain_word_is_no_secret(value: str, secret: bool) -> None:
    assert is_secret("DB_PASSWORD", value) is secret
