"""Doors to answer about, and a language model that records what it is sent."""

from tests.chat.conftest import asked, doors, model, quick
from tests.quizzes.conftest import doors_file, every_kind, hand_in, quiz

__all__ = ["asked", "doors", "doors_file", "every_kind", "hand_in", "model", "quick", "quiz"]
