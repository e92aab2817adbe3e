"""What the review of a document shows: its text with marks, its drafts, and two texts of one piece as one."""
