"""What the encoder keeps when it has read a great deal: texts of every length, one by one and together."""

from __future__ import annotations

import pytest

from config.embedded.addresses import data_folder
from config.embedded.encoder import Encoder
from config.embedded.memory import MIB
from enablement.judges.encoder import encode, forget_texts

# Words of a text, up to what the encoder reads of one.
LONGEST = 240
# MiB that the second half of the lengths may add. Where each length is kept it adds 199.
MOST = 60


def resident() -> float:
    """MiB that the encoder's process holds; its master's, which encodes nothing, are not in it."""
    process = Encoder(data_folder()).process()
    assert process
    return max(child.memory_info().rss for child in process.children()) / MIB


@pytest.mark.usefixtures("encoder")
def test_texts_of_every_length_leave_little_behind() -> None:
    forget_texts()
    read(range(1, LONGEST, 2))
    before = resident()
    read(range(2, LONGEST, 2))
    assert resident() - before < MOST


def read(lengths: range) -> None:
    for length in lengths:
        encode([" ".join(["word"] * length)])
