"""PDF to Markdown: words with their places and sizes, put together again to headings, lists and tables."""
