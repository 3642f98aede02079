"""The file is no script at all.

## What it does
Reports a file that is empty, binary, not UTF-8, or larger than 512 KiB (`ODW_MAX_SCRIPT_BYTES` sets another limit).

## Why is this bad
There is nothing to run. Very large scripts carry data that belongs into files which agents read.

## Example
A PNG image, or a script saved as UTF-16.

## Use instead
JavaScript text in UTF-8, with LF or CRLF line ends.

## When not to use it
It cannot be switched off.
"""

from __future__ import annotations

from odw.transpile.rules.rule import Rule, found_elsewhere

# Found by odw/transpile/source.py.
RULE = Rule("ODW202", "unreadable-script", "error", found_elsewhere, suppressible=False)
