"""Who comes in, how, and for how long."""
