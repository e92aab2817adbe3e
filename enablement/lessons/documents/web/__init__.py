"""Markup to blocks: web pages, and what Word documents become on their way."""
