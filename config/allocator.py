"""What glibc's allocator is told, so that memory which is no longer used goes back to the system.

Elsewhere (macOS, musl) nothing is told, and nothing depends on it.
"""

from __future__ import annotations

import ctypes
import sys

# Numbers of glibc's mallopt.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
ARENAS = 2
MMAP_THRESHOLD_BYTES = 256 * 1024


def share_arenas() -> None:
    """Have all threads take their memory from two places. Else each core has eight, and all keep some."""
    _tell(M_ARENA_MAX, ARENAS)


def return_large_buffers() -> None:
    """Give buffers past 256 KiB back as soon as they are free.

    Without a fixed value the threshold grows with use, and some 300 MiB of spent ones stay with the encoder.
    """
    _tell(M_MMAP_THRESHOLD, MMAP_THRESHOLD_BYTES)


def _tell(what: int, value: int) -> None:
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(what, value)
