"""The quiz about doors, for the store as well."""

from tests.quizzes.conftest import doors_file, quiz

__all__ = ["doors_file", "quiz"]
