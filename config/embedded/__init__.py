"""PostgreSQL, Redis and the encoder on this machine, without an install.

Nothing is imported here: settings need only `addresses`, which is cheap; whoever starts
servers imports `servers`.
"""
