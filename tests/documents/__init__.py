"""Documents in: read into drafts, reviewed, decided about."""
