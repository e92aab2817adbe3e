"""Reading a document into drafts: pure, no database, no language model.

    text = decode_document(data, "notes.txt")     # raises DocumentError with one sentence
    reading = read_document(text, "notes.txt")    # drafts, passages, skipped; spans count in reading.text

lines → headings and their levels → blocks → outline; then one recogniser a module, each recording drafts on
the page and taking the blocks they came from; what is left becomes passages.
"""

from enablement.lessons.reading.decode import DocumentError, decode_document
from enablement.lessons.reading.drafts import Draft, PassageDraft, Reading, Skipped, Span
from enablement.lessons.reading.reader import read_document

__all__ = [
    "DocumentError",
    "Draft",
    "PassageDraft",
    "Reading",
    "Skipped",
    "Span",
    "decode_document",
    "read_document",
]
