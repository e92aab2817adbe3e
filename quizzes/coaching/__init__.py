"""Coaching: a note with questions, and two weeks later others of the same kind, side by side."""
