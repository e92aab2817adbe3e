"""What managers read about their teams, and everybody about themselves. Few queries, whatever the size."""
