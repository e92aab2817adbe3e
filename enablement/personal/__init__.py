"""What is held about a person: given to them as a file, and erased for good."""
