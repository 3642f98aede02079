"""``odw lint``: paths, formats, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from cli_case import META, Run


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_clean_script(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.js", META + "return await agent('x')\n")
    done = odw("lint", "a.js")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "[odw] no findings in 1 file\n")


def test_errors_are_shown_with_the_line_and_exit_3(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.js", META + "const started = Date.now()\n")
    done = odw("lint", "a.js")
    assert done.returncode == 3
    assert done.stdout == (
        "a.js:2:17: error ODW101 (wall-clock): Date.now() differs from run to run\n"
        "  2 | const started = Date.now()\n"
        "    |                 ^^^^^^^^^^\n"
        "  help: Pass timestamps through args: `--arg now=2026-01-31T12:00:00Z`, and read args.now.\n"
    )
    assert done.stderr == "[odw] 1 error in 1 file\n"


def test_warnings_alone_exit_0(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.js", META + "agent('x')\n")
    done = odw("lint", "a.js", "--fix")
    assert done.returncode == 0
    assert "warning ODW301 (floating-agent-call)" in done.stdout
    assert done.stderr.splitlines()[0] == "[odw] 1 warning in 1 file"
    assert "nothing to fix" in done.stderr


def test_unknown_global_is_an_error(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.js", META + "await paralel([])\n")
    done = odw("lint", "a.js")
    assert (done.returncode, "Did you mean `parallel`?" in done.stdout) == (3, True)


def test_syntax_errors_are_findings_like_others(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.js", META + "const = 1\n")
    write(tmp_path, "b.js", META + "log(Math.random())\n")
    done = odw("lint", "a.js", "b.js")
    assert done.returncode == 3
    assert [line.split(" (")[0] for line in done.stdout.splitlines() if ": error " in line] == [
        "a.js:2:7: error ODW200",
        "b.js:2:5: error ODW102",
    ]


def test_directories_are_searched(odw: Run, tmp_path: Path) -> None:
    for name in ("w/a.js", "w/.claude/workflows/b.js", "w/sub/c.js"):
        write(tmp_path, name, "1")
    for name in ("w/node_modules/x.js", "w/.git/x.js", "w/.odw/runs/1/script.js", "w/readme.md"):
        write(tmp_path, name, "1")
    done = odw("lint", "w", "-f", "json")
    report = json.loads(done.stdout)
    assert (report["files"], report["errors"]) == (3, 3)
    assert sorted(d["file"] for d in report["diagnostics"]) == [
        "w/.claude/workflows/b.js",
        "w/a.js",
        "w/sub/c.js",
    ]
    (tmp_path / "empty").mkdir()
    done = odw("lint", "empty")
    assert (done.returncode, "no workflow below empty" in done.stderr) == (2, True)


def test_standard_input(odw_process: Run) -> None:
    done = odw_process("lint", "-", stdin=META + "log(Date.now())\n")
    assert done.returncode == 3
    assert done.stdout.startswith("<stdin>:2:5: error ODW101")


def test_json(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.js", META + "log(Date.now())\nagent('x')\n")
    done = odw("lint", "a.js", "--format", "json")
    report = json.loads(done.stdout)
    assert {k: report[k] for k in ("version", "files", "errors", "warnings")} == {
        "version": 1,
        "files": 1,
        "errors": 1,
        "warnings": 1,
    }
    first = report["diagnostics"][0]
    assert (first["code"], first["line"], first["column"], first["endColumn"]) == ("ODW101", 2, 5, 15)
    assert done.returncode == 3


def test_sarif(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, "a b.js", META + "agent('x')\nlog(Date.now())\nlog(Date.now())\n")
    done = odw("lint", "a b.js", "--format", "sarif")
    log = json.loads(done.stdout)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [r["id"] for r in run["tool"]["driver"]["rules"]] == ["ODW101", "ODW301"]
    assert [(r["ruleId"], r["ruleIndex"], r["level"]) for r in run["results"]] == [
        ("ODW301", 1, "warning"),
        ("ODW101", 0, "error"),
        ("ODW101", 0, "error"),
    ]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.js"
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 15}


def test_github(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.js", META + "agent('x')\n")
    done = odw("lint", "a.js", "--format", "github")
    assert done.stdout.startswith(
        "::warning file=a.js,line=2,col=1,endLine=2,endColumn=11,title=ODW301 floating-agent-call::the promise of"
    )


def test_text_of_a_script_cannot_steer_the_terminal(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.js", META + "log(Date.now(), '\x1b[2J\u202e\x07')\n")
    done = odw("lint", "a.js")
    assert not {"\x1b", "\u202e", "\x07"} & set(done.stdout)


def test_what_cannot_be_read(odw: Run, tmp_path: Path) -> None:
    for name, data, code, message in (
        ("missing.js", None, 2, "no such file: missing.js"),
        ("empty.js", b"", 3, "the script is empty"),
        ("binary.js", b"\x89PNG\0\0", 3, "this is a binary file"),
        ("latin.js", b"// caf\xe9\n", 3, "not valid UTF-8"),
        ("big.js", b"//" + b"x" * 600_000, 3, "too large"),
    ):
        if data is not None:
            (tmp_path / name).write_bytes(data)
        done = odw("lint", name)
        assert done.returncode == code, name
        assert message in done.stdout + done.stderr
        assert len((done.stdout + done.stderr).splitlines()) < 6
