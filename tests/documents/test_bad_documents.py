"""Bad documents through the door that editors use: a sentence each, and the next one is read all the same."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from fpdf import FPDF
from PIL import Image

from enablement.judges.encoder import EncoderUnavailable
from enablement.lessons import importing
from enablement.lessons.importing import run_import
from enablement.models import Draft, ImportJob, ImportState, Person, Source
from tests.documents.papers import PAPER
from tests.lessons.documents.making import Sheet, with_parts

ZIP = b"PK\x05\x06" + b"\0" * 18
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODD_PAGE = """<!DOCTYPE html><html><head><title>Kettles</title><script>document.title = "gone"</script></head>
<body onload="gone()"><h1>Kettles</h1>
<h2>What to say</h2>
<table><tr><th>Don’t say<th colspan=2>Do say</tr>
<tr><td rowspan=2>“Our kettles can’t fail”<td>“We test each kettle, every month”
<td>Nia’s words</table></td></tr>
<script>gone()</script>
<h2>When to use a kettle</h2>
<ul><li>Water has to boil<sup><a href="#fn1">1</a></sup><ul><li>for tea<li>for soup</ul><li>The gas is on</ul>
<div class="footnotes"><ol><li id="fn1">At sea level.</li></ol></div>
<h2>Terms</h2><table><tr><th>Term</th><th>Meaning</th><tr><td>Spout<td>Where the water comes out
<tr><td>Lid</td><td>What keeps the steam in</td></tr>
"""


def scanned() -> bytes:
    picture = io.BytesIO()
    Image.new("L", (60, 80), 200).save(picture, "PNG")
    sheet = FPDF()
    sheet.add_page()
    sheet.image(picture, 0, 0, 210, 297)
    return bytes(sheet.output())


def locked() -> bytes:
    sheet = Sheet()
    sheet.paragraph("A kettle heats water.")
    sheet.set_encryption("owner", "user")
    return sheet.bytes()


# The file's name, its bytes, what its owner is told and what to do about it.
REFUSED = [
    ("scan.pdf", scanned(), "holds pictures of its pages and no text; run text recognition"),
    ("locked.pdf", locked(), "is protected with a password; save it without one"),
    (
        "locked.docx",
        OLD_OFFICE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "is protected with a password; open it in Word, remove the password",
    ),
    (
        "kettles.docx",
        with_parts(ZIP, {"kettles.txt": "x"}),
        "is a zip archive and not a Word document; unpack",
    ),
    ("empty.txt", b"\n", "is empty"),
]


@pytest.fixture
def editor(client: Client, nia: Person, monkeypatch: pytest.MonkeyPatch) -> Client:
    def away(*texts: object, **options: object) -> None:
        raise EncoderUnavailable("The encoder is not running.")

    monkeypatch.setattr(importing, "encode", away)
    client.force_login(nia)
    return client


def hand_in(editor: Client, name: str, data: bytes) -> tuple[ImportJob, str]:
    """Hand a file in, let the worker read it, and return its job and the page that the editor sees then."""
    editor.post("/documents/add/", {"files": [SimpleUploadedFile(name, data)]})
    job = ImportJob.objects.get(name=name)
    run_import(str(job.pk))
    job.refresh_from_db()
    return job, editor.get(f"/documents/imports/{job.pk}/").content.decode()


def test_each_is_refused_in_a_sentence_and_the_next_one_is_read(editor: Client) -> None:
    for name, data, told in REFUSED:
        job, page = hand_in(editor, name, data)
        assert job.state == ImportState.FAILED, name
        assert f"“{name}” {told}" in page
    assert not Draft.objects.exists()
    job, _ = hand_in(editor, "kettles.md", PAPER.encode())
    assert job.state == ImportState.DONE


def test_fifty_megabytes_are_refused_before_they_are_kept(editor: Client) -> None:
    file = SimpleUploadedFile("kettles.pdf", b"%PDF-1.7" + bytes(50 * 1024 * 1024))
    answer = editor.post("/documents/add/", {"files": [file], "title": "My title"})
    assert answer.status_code == 400
    assert "“kettles.pdf” is larger than 20 MB. Split it" in answer.content.decode()
    assert "My title" in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_an_odd_page_gives_up_what_its_author_meant(editor: Client) -> None:
    """Scripts, an unclosed table, merged cells, a footnote, a nested list, smart quotes: all on one page."""
    hand_in(editor, "odd.html", ODD_PAGE.encode())
    source = Source.objects.get()
    assert "gone" not in source.text
    assert "## Notes\n\n1. At sea level." in source.text
    found = [(draft.kind, draft.item) for draft in source.drafts.all()]
    entry = next(item for kind, item in found if kind == "guide_entry")
    assert entry["dont_say"] == "Our kettles can’t fail"
    assert entry["do_say"] == "We test each kettle, every month"
    fit = next(item for kind, item in found if kind == "fit")
    assert (fit["title"], "for soup" in fit["text"]) == ("Water has to boil", True)
    assert [item["term"] for kind, item in found if kind == "term"] == ["Spout", "Lid"]
