"""The review desk: answers that need a person, the oldest first."""
