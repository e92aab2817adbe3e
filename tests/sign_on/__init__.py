"""Signing in: passwords, second steps, sessions, providers, invitations."""
