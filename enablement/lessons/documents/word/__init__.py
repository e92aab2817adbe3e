"""Word documents (DOCX) to Markdown."""
