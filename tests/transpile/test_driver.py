from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from odw.ecma.realm import R, activate
from odw.errors import ScriptRejected
from odw.transpile import cache
from odw.transpile.driver import check_script, compile_script, transpile_script
from odw.transpile.emit import CompiledScript, load
from odw.transpile.source import Source

META = "export const meta = { name: 'n', description: 'd' }\n"


def source(body: str, file: str = "test.js") -> Source:
    return Source(META + body, file)


def result(compiled: CompiledScript, args: object = 5) -> object:
    """The settled value of the script, run without a runtime."""
    from odw.ecma.abi import start_async

    activate()
    R.global_object["args"] = args
    promise = start_async(load(compiled)["workflow"]())
    R.jobs.run_all()
    R.jobs.take_unhandled()
    return promise.value


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return 1 + 1", 2),
        ("", "undefined"),
        ("return await Promise.resolve('p')", "p"),
        ("return Promise.resolve('p')", "p"),
        ("export default async function (a) { return a + 1 }", 6),
        ("export default async function main(a) { return a + 2 }", 7),
        ("export default (a) => a * 2", 10),
        ("export default async ({ length } = 'four') => length", "undefined"),
        ("const f = (a) => a + 3\nexport { f as default }", 8),
        ("export async function workflow(args) { return args + 4 }", 9),
        ("export const workflow = (args) => args", 5),
        ("export default () => 1\nreturn 'returned first'", "returned first"),
        ("return meta.name", "n"),
        ("try { meta.name = 'x' } catch (e) { return e.name }", "TypeError"),
        ("return Object.isFrozen(meta)", True),
    ],
)
def test_result(body: str, expected: object) -> None:
    value = result(compile_script(source(body)))
    assert (repr(value) if repr(value) == "undefined" else value) == expected


def test_meta_and_findings_come_with_the_code() -> None:
    compiled = compile_script(source("if (false) unknownThing()"))
    assert compiled.meta["name"] == "n"
    assert [d.rule for d in compiled.diagnostics] == ["unknown-global"]
    assert compiled.lines[0].startswith("export const meta")


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("let a\nlet a", 3, "Identifier 'a' has already been declared"),
        ("const x = ;", 2, "Unexpected token ';'"),
        ("Date.now()", 2, ""),
    ],
)
def test_a_script_with_errors_is_rejected(body: str, line: int, message: str) -> None:
    with pytest.raises(ScriptRejected) as caught:
        compile_script(source(body))
    (first, *_) = caught.value.diagnostics
    assert first.span.line == line
    assert message in first.message


def test_check_keeps_lint_errors_in_its_result() -> None:
    assert [d.severity for d in check_script(source("Date.now()")).diagnostics] == ["error"]


def test_python_text_has_header_and_comments_and_compiles() -> None:
    text = transpile_script(source("// why\nconst a = 1 // behind\n\n/* two\n   lines */\nlog(a)\n// last"))
    compile(text, "text.py", "exec")
    assert text.startswith("# n: test.js, compiled by odw ")
    for expected in ("    # why\n    a = 1  # behind\n\n    # two\n    # lines\n", "    # last\n"):
        assert expected in text


def test_tree_text() -> None:
    assert transpile_script(source("log(1)"), "ast").startswith("Module(")


def test_cache_hit_gives_the_same_and_imports_no_compiler(tmp_path: Path) -> None:
    script = tmp_path / "s.js"
    script.write_text(META + "return 40 + 2")
    program = (
        "import sys; from pathlib import Path; from odw.transpile.driver import compile_script\n"
        "from odw.transpile.source import load_source\n"
        f"c = compile_script(load_source({str(script)!r}), cache=Path({str(tmp_path / 'cache')!r}))\n"
        "print(c.meta['name'], any('esprima' in m or m.startswith('odw.transpile.lower') for m in sys.modules))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert runs == [["n", "True"], ["n", "False"]]


def test_cached_code_runs_and_keeps_findings(tmp_path: Path) -> None:
    first = compile_script(source("return 42; unknownThing()"), cache=tmp_path / "c")
    second = compile_script(source("return 42; unknownThing()"), cache=tmp_path / "c")
    assert second.diagnostics == first.diagnostics
    assert result(second) == 42


def test_the_key_depends_on_text_file_and_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {cache.key_of(source("a()")), cache.key_of(source("b()")), cache.key_of(source("a()", "other.js"))}
    monkeypatch.setattr(cache, "compiler_version", lambda: "another")
    keys.add(cache.key_of(source("a()")))
    assert len(keys) == 4


@pytest.mark.parametrize("damage", [b"", b"\0" * 10, None])
def test_a_damaged_entry_is_no_entry(tmp_path: Path, damage: bytes | None) -> None:
    directory = tmp_path / "c"
    compile_script(source("return 1"), cache=directory)
    (entry,) = directory.iterdir()
    data = entry.read_bytes()
    entry.write_bytes(data[:-5] + b"x" * 5 if damage is None else damage)
    assert cache.read(directory, entry.stem, source("return 1")) is None
    assert result(compile_script(source("return 1"), cache=directory)) == 1


def test_a_directory_that_others_can_write_is_not_trusted(tmp_path: Path) -> None:
    directory = tmp_path / "c"
    compile_script(source("return 1"), cache=directory)
    assert directory.stat().st_mode & 0o777 == 0o700
    (entry,) = directory.iterdir()
    directory.chmod(0o777)
    assert cache.read(directory, entry.stem, source("return 1")) is None


def test_a_cache_that_cannot_be_written_is_ignored(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert result(compile_script(source("return 1"), cache=blocked / "c")) == 1


def test_what_is_nested_too_deeply_for_the_analysis_is_refused() -> None:
    source = Source(
        "export const meta = {name: 'n', description: 'd'}\nlet x = " + "y => " * 6000 + "1\n", "deep.js"
    )
    with pytest.raises(ScriptRejected) as raised:
        check_script(source)
    assert raised.value.diagnostics[0].code == "ODW200"
