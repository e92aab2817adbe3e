"""Grading anew: worked out, looked at, applied, taken back."""
