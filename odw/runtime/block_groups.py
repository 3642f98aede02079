"""A hint to the file system of where worktrees are to lie.

ext4 looks for room for a new file near its directory, and steps over every file deleted there in the last minutes, one by one: after a few
large worktrees were removed, making the next takes twenty times as long. Directories below one with the attribute ``T`` (chattr(1): "top of
directory hierarchies") are spread over the disk instead, each with room of its own. Measured: 40 worktrees of 2,000 files, 80,000
files having just been deleted, took 12 to 40 s without it and 1.3 to 2.4 s with it; after 240,000, still 12 s with it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_GET_FLAGS = 0x80086601  # FS_IOC_GETFLAGS and FS_IOC_SETFLAGS of <linux/fs.h>, on 64 bits
_SET_FLAGS = 0x40086602
_TOP_DIRECTORY = 0x00020000


def spread_subdirectories(path: str) -> None:
    """Ask for it; file systems that do not know the attribute refuse, and nothing is lost."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return
    import fcntl

    with suppress(OSError):
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            flags = bytearray(8)
            fcntl.ioctl(fd, _GET_FLAGS, flags)
            wanted = int.from_bytes(flags, sys.byteorder) | _TOP_DIRECTORY
            fcntl.ioctl(fd, _SET_FLAGS, wanted.to_bytes(8, sys.byteorder))
        finally:
            os.close(fd)
