"""The form in which a piece of a lesson is written, made from the lesson schema."""
