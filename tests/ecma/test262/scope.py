"""Which tests count, and why the others do not.

Workflow scripts are strict module code in which clock, randomness, other code and threads are absent on purpose
(docs/dialect.md); Node 20 is the judge of what is too new. A test that needs what is absent is skipped for a reason named
here, and the ledger counts them by reason.
"""
# ruff: noqa: SIM905 - tables of words read better than long lists of quoted ones

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.ecma.test262.front_matter import FrontMatter

BUILT_INS: Final = (
    "AggregateError Array ArrayIteratorPrototype AsyncFromSyncIteratorPrototype AsyncFunction AsyncGeneratorFunction "
    "AsyncGeneratorPrototype AsyncIteratorPrototype BigInt Boolean Date Error Function GeneratorFunction "
    "GeneratorPrototype Infinity Iterator JSON Map MapIteratorPrototype Math NaN NativeErrors Number Object Promise Proxy "
    "Reflect RegExp RegExpStringIteratorPrototype Set SetIteratorPrototype String StringIteratorPrototype Symbol WeakMap "
    "WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent global isFinite isNaN parseFloat parseInt undefined"
).split()
"""Folders of built-ins in scope; ``global`` is globalThis."""

SLOPPY: Final = "sloppy mode"
EVAL: Final = "eval"
FUNCTION_CONSTRUCTOR: Final = "Function constructor"
MODULES: Final = "module linking"
REALMS: Final = "a second realm"
HOST: Final = "host hooks"
CLOCK: Final = "clock"
RANDOM: Final = "randomness"
BUFFERS: Final = "ArrayBuffer and typed arrays"
THREADS: Final = "threads"
GARBAGE: Final = "garbage collector"
TAIL_CALLS: Final = "tail calls, which Node lacks"
LEGACY: Final = "not in ECMA-262: RegExp.$1 and its kin"
NEWER: Final = "newer than Node 20: "
ABSENT_GLOBALS: Final = {
    "eval": EVAL,
    **dict.fromkeys(("SharedArrayBuffer", "Atomics"), THREADS),
    **dict.fromkeys(("WeakRef", "FinalizationRegistry"), GARBAGE),
    **{name: NEWER + name for name in ("Temporal", "ShadowRealm")},
    **dict.fromkeys(
        "ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array "
        "Float16Array Float32Array Float64Array BigInt64Array BigUint64Array".split(),
        BUFFERS,
    ),
}
"""Globals that a workflow does not have -> the reason for which a test that needs one is skipped."""

_BUFFER_FEATURES = (
    "TypedArray TypedArray.prototype.at ArrayBuffer DataView resizable-arraybuffer arraybuffer-transfer immutable-arraybuffer "
    "uint8array-base64 Float16Array Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint16Array "
    "Uint32Array Uint8ClampedArray align-detached-buffer-semantics-with-web-reality"
).split()
_NEWER_FEATURES = (
    "Iterator.prototype.join Math.sumPrecise RegExp.escape ShadowRealm Temporal await-dictionary "
    "canonical-tz decorators error-stack-accessor explicit-resource-management export-defer import-bytes import-defer "
    "import-text iterator-chunking iterator-includes json-parse-with-source "
    "nonextensible-applies-to-private regexp-modifiers source-phase-imports source-phase-imports-module-source"
).split()
FEATURES: Final = {
    **dict.fromkeys(_BUFFER_FEATURES, BUFFERS),
    **{name: NEWER + name for name in _NEWER_FEATURES},
    **dict.fromkeys(("Atomics", "Atomics.pause", "Atomics.waitAsync", "SharedArrayBuffer"), THREADS),
    **dict.fromkeys(("WeakRef", "FinalizationRegistry", "host-gc-required"), GARBAGE),
    "IsHTMLDDA": HOST,
    "caller": SLOPPY,
    "legacy-regexp": LEGACY,
    "cross-realm": REALMS,
    "tail-call-optimization": TAIL_CALLS,
}
"""Features of the suite's list -> the reason for which their tests are skipped."""

_FOLDERS = {
    "language/eval-code": EVAL,
    "language/statements/with": SLOPPY,
}
_INCLUDES = {
    "testTypedArray.js": BUFFERS,
    "detachArrayBuffer.js": BUFFERS,
    "resizableArrayBufferUtils.js": BUFFERS,
    "testAtomics.js": THREADS,
    "atomicsHelper.js": THREADS,
    "tcoHelper.js": TAIL_CALLS,
}


def in_scope(test: str) -> bool:
    """Whether a test, named by its path below ``test/``, belongs to the ledger."""
    top, _, rest = test.partition("/")
    return top == "language" or (top == "built-ins" and rest.partition("/")[0] in BUILT_INS)


def group_of(test: str) -> str:
    """The ledger's directory of a test: two folders deep for built-ins, three for the language if it lies that deep.

    The generated tests of Unicode properties, which take longer than all others together, are a directory of their own.
    """
    folders = test.split("/")[:-1]
    deep = folders[0] == "language" or folders[1:3] == ["RegExp", "property-escapes"]
    return "/".join(folders[: 3 if deep else 2])


def skipped_for(test: str, head: FrontMatter) -> str:
    """Why a test is not run, by its path and front matter; empty if it is."""
    if "noStrict" in head.flags or (head.flags >= {"raw"} and not head.flags & {"module"} and not head.phase):
        return SLOPPY  # a raw script is sloppy too; that it is refused may be told in any mode
    for folder, reason in _FOLDERS.items():
        if test.startswith(f"{folder}/"):
            return reason
    if head.phase == "resolution":
        return MODULES
    for feature in head.features:
        if reason := FEATURES.get(feature, ""):
            return reason
    for name in head.includes:
        if reason := _INCLUDES.get(name, ""):
            return reason
    return ""


def find_tests(suite: Path, folders: list[str]) -> list[str]:
    """The tests below the given folders of ``suite`` (default: all in scope), as sorted paths below it.

    A folder may be a file. Raises ``FileNotFoundError`` for one that is not there.
    """
    found: set[str] = set()
    for folder in folders or ["language", *(f"built-ins/{name}" for name in BUILT_INS)]:
        path = suite / folder.removeprefix("test/")
        if path.is_file():
            found.add(path.relative_to(suite).as_posix())
        elif path.is_dir():
            found.update(
                p.relative_to(suite).as_posix() for p in path.rglob("*.js") if "_FIXTURE" not in p.name
            )
        elif folders:
            raise FileNotFoundError(f"no such test or folder below {suite}: {folder}")
    return sorted(found)
