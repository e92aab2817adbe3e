"""Spaced practice: which topic is due for whom, five minutes at a time. The practice is the rep's own."""
