"""Pages of the quizzes."""
