"""How long a language model is waited for, and how much of it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, unless said otherwise.

    A person reading along gives up on an empty page after some twenty seconds; a connection that does not
    open in five will not open. A retry comes only before the first word, so nothing is said twice.
    """

    connect: float = 5.0
    first_token: float = 20.0
    whole: float = 60.0
    retries: int = 2
    # The first pause before a retry; it doubles, and chance spreads it.
    pause: float = 0.5
    # How often a waiting answer looks whether it was stopped.
    tick: float = 0.2
    # After so long without a word, whoever listens is sent a sign of life.
    quiet: float = 0.3
    # Characters. Six sentences have about 900; a model that writes ten times as much is not answering.
    most_text: int = 10_000
    # Tokens asked for at the most.
    most_tokens: int = 700


LIMITS = Limits()
