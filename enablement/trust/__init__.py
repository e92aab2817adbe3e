"""Who vouches for a line and until when, what readers say about it, and who must hear of a correction."""
