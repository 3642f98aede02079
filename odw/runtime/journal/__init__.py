"""The journal: ``events.jsonl``, append-only, the single source of truth about a run (docs/journal-format.md)."""
