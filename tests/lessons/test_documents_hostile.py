"""Files that want something: to fetch, to run, to write, to name what is not theirs. Read, they get nothing.

What is left is their text, which is shown as any text is; or they are refused in a sentence.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from enablement.lessons.documents.child import outcome
from enablement.lessons.documents.limits import LIMITS
from enablement.lessons.documents.pdf import documents as pdf
from enablement.lessons.documents.web import pages as web
from enablement.lessons.documents.word import documents as office
from enablement.markup import render_markdown
from tests.lessons.documents.making import Sheet, with_parts, word, word_body

TEXT = "A badge opens one door for one day, and then it is paper."
AWAY = "http://169.254.169.254/latest/gone"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def memo(parts: dict[str, str | bytes]) -> bytes:
    return with_parts(word(lambda document: document.add_paragraph(TEXT) and None), parts)


def relation(kind: str, target: str) -> str:
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}"><Relationship Id="rId99" '
        f'Type="{KINDS}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )


def body(inside: str, target: str = "javascript:gone()") -> bytes:
    paragraphs = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p><w:p>{inside}</w:p>"
    return word_body(paragraphs, {"word/_rels/document.xml.rels": relation("hyperlink", target)})


def page(inside: str) -> bytes:
    return f"<!DOCTYPE html><html><body><h1>Badges</h1>{inside}<p>{TEXT}</p></body></html>".encode()


def sheet(catalog: str, *objects: str) -> bytes:
    """A PDF whose catalogue has `catalog` besides, pointing to `objects` from number 90 on."""
    made = Sheet()
    made.paragraph(TEXT)
    data = made.bytes()
    more = "".join(f"\n{90 + at} 0 obj\n{one}\nendobj\n" for at, one in enumerate(objects))
    return data.replace(b"/Type /Catalog", f"/Type /Catalog {catalog}".encode()) + more.encode()


ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY gone SYSTEM "file:///etc/passwd">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>&gone;</w:t></w:r></w:p></w:body></w:document>"
)
SCRIPT = "<< /S /JavaScript /JS (gone\\(\\)) >>"
HOSTILE: dict[str, tuple[ModuleType, bytes]] = {
    "word: an entity that names a file": (office, memo({"word/document.xml": ENTITY})),
    "word: a template from elsewhere": (
        office,
        memo({"word/_rels/settings.xml.rels": relation("attachedTemplate", AWAY)}),
    ),
    "word: a picture from elsewhere": (
        office,
        body(
            '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'r:link="rId99"/></w:drawing></w:r>',
            AWAY,
        ),
    ),
    "word: parts that climb out": (office, memo({"../../gone.txt": "gone", "/gone/gone.txt": "gone"})),
    "word: macros": (office, memo({"word/vbaProject.bin": b"gone" * 99})),
    "word: an object to run": (office, memo({"word/embeddings/oleObject1.bin": b"MZgone"})),
    "word: a link that is a script": (
        office,
        body('<w:hyperlink r:id="rId99"><w:r><w:t>Here</w:t></w:r></w:hyperlink>'),
    ),
    "word: a field that starts a program": (
        office,
        body('<w:r><w:instrText>DDEAUTO c:\\\\gone.exe "gone"</w:instrText></w:r>'),
    ),
    "word: four thousand levels": (office, body("<w:ins>" * 4_000 + "</w:ins>" * 4_000)),
    "page: a script": (web, page("<script>gone()</script><script src='//gone.example/x.js'></script>")),
    "page: frames and objects": (
        web,
        page(f"<iframe src='{AWAY}'></iframe><object data='{AWAY}'></object><embed src='{AWAY}'>"),
    ),
    "page: a page that moves on": (web, page(f"<meta http-equiv=refresh content='0;url={AWAY}'>")),
    "page: links that are scripts": (
        web,
        page(
            "<a href='javascript:gone()'>a</a> <a href='data:text/html,gone'>b</a> "
            "<a href='vbscript:gone'>c</a> <a href=' java\nscript:gone()'>d</a>"
        ),
    ),
    "page: a picture with a script": (
        web,
        page(f"<img src='{AWAY}' onerror='gone()'><svg onload='gone()'><script>gone()</script></svg>"),
    ),
    "page: a style sheet from elsewhere": (
        web,
        page(f"<style>@import url('{AWAY}');</style><link rel=stylesheet href='{AWAY}'>"),
    ),
    "page: a form that sends": (
        web,
        page(f"<form action='{AWAY}'><input name=gone value=gone><button>gone</button></form>"),
    ),
    "page: text that breaks out of its place": (
        web,
        page("<noscript><p title='</noscript><img src=x onerror=gone()>'></noscript>"),
    ),
    "pdf: a script when it is opened": (pdf, sheet("/OpenAction 90 0 R", SCRIPT)),
    "pdf: a program when it is opened": (
        pdf,
        sheet("/OpenAction 90 0 R", "<< /S /Launch /F (gone.exe) >>"),
    ),
    "pdf: a form that sends": (
        pdf,
        sheet("/OpenAction 90 0 R", f"<< /S /SubmitForm /F ({AWAY}) /Fields [] >>"),
    ),
    "pdf: a file inside": (
        pdf,
        sheet(
            "/Names << /EmbeddedFiles << /Names [(gone) 90 0 R] >> >>",
            "<< /Type /Filespec /F (gone.exe) /EF << /F 91 0 R >> >>",
            "<< /Length 4 >>\nstream\ngone\nendstream",
        ),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_nothing(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def call(*_: object) -> None:
        raise AssertionError("it reaches out")

    monkeypatch.setattr(socket.socket, "connect", call)
    monkeypatch.setattr(socket, "getaddrinfo", call)
    monkeypatch.chdir(tmp_path)
    reader, data = HOSTILE[name]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(data)))
    found = outcome(reader, LIMITS)
    if "refused" in found:
        assert all(found["refused"])
        return
    text = found["text"]
    assert TEXT in text
    shown = render_markdown(text)
    assert "gone" not in shown, shown
    assert "root:" not in shown
    assert not list(tmp_path.iterdir())


def test_there_are_twenty_of_them() -> None:
    assert len(HOSTILE) >= 20


CUT_OFF = """
from enablement.lessons.documents.child import cut_off
import os, socket, subprocess
cut_off()
for ask in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: socket.getaddrinfo("dosay.example", 80),
    lambda: subprocess.run(["/bin/true"]),
    lambda: os.system("true"),
):
    try:
        print(ask())
    except Exception as error:
        print(type(error).__name__)
print(open("/dev/null").readable())
"""


def test_the_process_that_reads_has_no_network_and_starts_no_program() -> None:
    done = subprocess.run([sys.executable, "-c", CUT_OFF], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["PermissionError"] * 4 + ["True"]
