"""Quizzes, attempts, answers and reports in the API."""
