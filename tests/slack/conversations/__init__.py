"""Conversations with the bot, played against the local Slack server and written down for people to read."""
