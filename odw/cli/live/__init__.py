"""What ``odw exec`` shows while a run goes: a tree on a terminal, plain lines elsewhere, events as JSON for programs."""
