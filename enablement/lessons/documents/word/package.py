"""The package that a Word document is, looked over before anything reads it."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers import expat

from enablement.lessons.documents.limits import Limits, Refused

PIECE = 256 * 1024
OTHERS = (
    ("xl/", "is a spreadsheet", "copy its text into a document and save that as .docx"),
    ("ppt/", "is a slide deck", "copy its text into a document and save that as .docx"),
    ("content.xml", "is an OpenDocument file", "save it as .docx"),
)
DAMAGED = ("is a damaged Word document", "open it in Word, let Word repair it and save it again")


def open_package(data: bytes, limits: Limits) -> io.BytesIO:
    """Return the package, ready to be read by others. Raises Refused where that would not be safe.

    Every part is unpacked once, within the limits, and no XML part declares a document type: Office writes
    none (ECMA-376 part 2, 6.2.5 forbids it), and entities that multiply need one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _look_over(package, limits)
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        zlib.error,
        ValueError,
        expat.ExpatError,
    ) as error:
        raise Refused(*DAMAGED) from error
    except RuntimeError as error:
        # The zipfile module's word for members that have a password.
        raise Refused("is protected with a password", "remove the password and save it again") from error
    return io.BytesIO(data)


def _look_over(package: zipfile.ZipFile, limits: Limits) -> None:
    names = package.namelist()
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise _something_else(names)
    if len(names) > limits.parts or sum(member.file_size for member in package.infolist()) > limits.unpacked:
        raise _unpacks_too_large(limits)
    left = limits.unpacked
    for member in package.infolist():
        left -= _read(package, member, left, limits)


def _read(package: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, limits: Limits) -> int:
    """Unpack one part piece by piece, its XML checked on the way. Return its size."""
    parser = _parser() if member.filename.endswith((".xml", ".rels")) else None
    size = 0
    with package.open(member) as part:
        while piece := part.read(PIECE):
            size += len(piece)
            if size > left:
                raise _unpacks_too_large(limits)
            if parser:
                parser.Parse(piece)
    if parser:
        parser.Parse(b"", True)
    return size


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_: object) -> None:
    raise Refused(
        "declares an XML document type, which no Word document does",
        "save it anew in Word, or ask whoever sent it",
    )


def _unpacks_too_large(limits: Limits) -> Refused:
    most = limits.unpacked // (1024 * 1024)
    return Refused(f"unpacks to more than {most} MB", "save it without its pictures, or split it")


def _something_else(names: list[str]) -> Refused:
    for start, problem, advice in OTHERS:
        if any(name.startswith(start) for name in names):
            return Refused(problem, advice)
    return Refused("is a zip archive and not a Word document", "unpack it and choose the document inside")
