"""Assignments: something to do until a day, for a person, a team or a role."""
