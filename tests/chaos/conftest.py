"""The quiz about doors here as well."""

from tests.quizzes.conftest import doors_file, every_kind, quiz

__all__ = ["doors_file", "every_kind", "quiz"]
