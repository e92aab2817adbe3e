"""Content to passages, passages to vectors, a question to hits."""
