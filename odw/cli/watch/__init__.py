"""``odw runs watch``: the runs of a project in a terminal UI that reads journals and sends control commands.

May not: change anything but by the control commands that ``odw pause``, ``skip`` and the rest send. All text of scripts and agents
goes through ``live.cells.safe`` or ``printable``, and into the widgets as Text, never as markup.
"""
