"""Practice in Slack: the same sessions, grading and schedule as in the browser."""
