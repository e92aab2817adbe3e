"""A history that looks like life, for measuring and for showing: people, teams, months of answers."""
