"""``odw task``: one task through any executor, in the shape that rust-odw's pandacode has (docs/task.md)."""
