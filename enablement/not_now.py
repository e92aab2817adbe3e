"""The errors that pass by themselves."""

from __future__ import annotations


class NotNow(Exception):
    """Something that this stands on is away or still starting. The message is a sentence for people.

    Whoever works in the background tries again until it is back; it is no fault of the work. It is no use to
    try within `again_in` seconds.
    """

    again_in: float = 0.0
