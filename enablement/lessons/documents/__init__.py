"""Documents of any format to text that the reader understands: bytes and a name in, Markdown out.

Pure: no database, no Django.

    converted = convert(data, "notes.docx")       # raises DocumentError with one sentence

Text is decoded in this process. Everything else is converted by a child process within limits of memory and
time, so that no document can hurt the process that reads it.
"""

from enablement.lessons.documents.conversion import Converted, convert
from enablement.lessons.documents.formats import ENDINGS
from enablement.lessons.documents.limits import LIMITS, ConversionStopped, Limits
from enablement.lessons.reading import DocumentError

__all__ = ["ENDINGS", "LIMITS", "ConversionStopped", "Converted", "DocumentError", "Limits", "convert"]
