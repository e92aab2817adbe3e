"""What every answer needs, loaded when a process starts that will give answers: nobody waits for it then."""

from __future__ import annotations

from enablement.chat.answered_by import fits_encoder, shipped_learnt
from enablement.chat.gate.model import shipped_gate


def load_beforehand() -> None:
    """Load the gate, and what is learnt from the known questions: some 0.8 s of one core."""
    shipped_gate()
    if fits_encoder():
        shipped_learnt()
