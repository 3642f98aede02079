"""Bring the libraries of the report page into the repository: `python -m tools.vendor_assets [--check]`.

Packages come from npm at the versions below, minified, each with its licence. `--check` changes nothing and fails when a file is not
what the package has. To update one, change its version here and run this.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "odw" / "report" / "assets" / "vendor"
PACKAGES = {
    "marked": ("18.2.1", {"lib/marked.umd.js": "marked.min.js", "LICENSE": "marked.LICENSE"}),
    "dompurify": ("3.4.18", {"dist/purify.min.js": "purify.min.js", "LICENSE": "purify.LICENSE"}),
}


def wanted(workplace: Path) -> dict[str, str]:
    """The files as the packages have them, by their names here; without the line that points to a source map."""
    names = [f"{name}@{version}" for name, (version, _) in PACKAGES.items()]
    command = [
        "npm",
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(workplace),
        *names,
    ]
    subprocess.run(command, check=True)
    files = {}
    for name, (_, paths) in PACKAGES.items():
        for path, here in paths.items():
            text = (workplace / "node_modules" / name / path).read_text("utf-8").replace("\r\n", "\n")
            kept = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL=")]
            files[here] = "\n".join(kept).rstrip("\n") + "\n"
    return files


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as workplace:
        files = wanted(Path(workplace))
    stale = [name for name, text in files.items() if not _same(VENDOR / name, text)]
    if "--check" in arguments:
        sys.stdout.write(
            f"not as in the package: {', '.join(stale)}\n" if stale else "all as in the packages\n"
        )
        return 1 if stale else 0
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (VENDOR / name).write_text(files[name], "utf-8")
        sys.stdout.write(f"{name}: {len(files[name]):,} characters\n")
    return 0


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
