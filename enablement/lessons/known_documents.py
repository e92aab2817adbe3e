"""Which document that is here already a text is: the same one, a version of it, or nearly its twin.

A title tells where the texts have a sentence in common, a file name where they have most lines. Likeness
alone or a title alone tells nothing for certain (two teams' copies of one template are two documents, and so
are two months' “Minutes”), so it is only offered: `find_alike` names the document, and an editor says which
it is (joining.py).
"""

from __future__ import annotations

import hashlib

from django.db.models.functions import Length
from django.utils.text import slugify

from enablement.lessons import reading
from enablement.models import Source
from enablement.sentences import split_sentences
from enablement.words import words_of

# What a pasted text is called that nobody gave a title: a name that tells nothing.
PASTED = "Pasted text.txt"
UNTITLED = "Pasted text"
# A file with a known name is that document anew if this share of the shorter text's lines is in both.
SAME_DOCUMENT = 0.5
# A text under another name is offered as a version from this share of sentences in both, of those in either
# (2c / (a + b)): two papers on one matter share next to none, copies with a reworded part 0.8 and more.
NEARLY_THE_SAME = 0.7
# Titles, labels and cells recur in any document of one author; only longer sentences tell.
WORDS_THAT_TELL = 5
FEWEST_IN_BOTH = 5


def find_document(read: reading.Reading, name: str) -> Source | None:
    """Return the document that this text is a version of: the same text, the same title over a text that has
    something in common with it, or the same file name with mostly the same lines."""
    same = Source.objects.filter(sha256=digest_of(read.text)).first()
    likely = (one for one in _titled(read, name) if not _is_another(one, read.text))
    titled = same or next(likely, None)
    if titled or name == PASTED:
        return titled
    named = Source.objects.filter(imports__name=name).exclude(text="").order_by("-imports__made_at").first()
    return named if named and _shared_lines(named.text, read.text) >= SAME_DOCUMENT else None


def find_alike(read: reading.Reading, name: str) -> Source | None:
    """Return the document that shares nearly all of its sentences with a text, or else only its title."""
    titled = [one for one in _titled(read, name) if one.title != UNTITLED]
    return _sharing_most(read.text) or next(iter(titled), None)


def free_slug(read: reading.Reading, name: str) -> str:
    """Return a slug for a new document, also where another of the same title has the first one."""
    title = title_of(read, name)
    slug = slug_of(title)
    is_taken = Source.objects.filter(slug=slug).exclude(text="").exists()
    return slug_of(title, digest_of(read.text)) if is_taken else slug


def _titled(read: reading.Reading, name: str) -> list[Source]:
    title = title_of(read, name)
    return list(Source.objects.filter(title=title).exclude(text="").order_by("-added_at"))


def _is_another(source: Source, text: str) -> bool:
    """Whether two texts of one title have no sentence in common, and enough of them to tell.

    Where the title only says that nobody gave one, it takes a sentence in common to be the same.
    """
    one, other = telling_sentences(source.text), telling_sentences(text)
    fewest = 0 if source.title == UNTITLED else FEWEST_IN_BOTH
    return min(len(one), len(other)) >= fewest and not one & other


def _sharing_most(text: str) -> Source | None:
    own = telling_sentences(text)
    near = Source.objects.annotate(size=Length("text")).filter(
        size__gt=len(text) // 2, size__lt=len(text) * 2
    )
    best: tuple[float, Source] | None = None
    for source in near.iterator(chunk_size=20):
        share = shared_part(own, telling_sentences(source.text))
        if share >= NEARLY_THE_SAME and (best is None or share > best[0]):
            best = share, source
    return best[1] if best else None


def telling_sentences(text: str) -> set[str]:
    """Return the longer sentences of a text in bare words; a row of a table is one."""
    sentences = (words_of(sentence) for sentence in split_sentences(text.replace("\n|", "\n\n|")))
    return {" ".join(words) for words in sentences if len(words) >= WORDS_THAT_TELL}


def shared_part(first: set[str], second: set[str]) -> float:
    """Return how much of two documents' sentences stand in both, 0 to 1; 0 where too few do to tell."""
    both = len(first & second)
    return 2 * both / (len(first) + len(second)) if both >= FEWEST_IN_BOTH else 0.0


def title_of(read: reading.Reading, name: str) -> str:
    return (read.title or name)[:300]


def slug_of(title: str, more: str = "") -> str:
    """Titles that begin alike, or have no Latin letter, are told apart by a piece of their hash."""
    return f"document-{slugify(title)[:50]}-{hashlib.sha256((title + more).encode()).hexdigest()[:8]}"


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _shared_lines(first: str, second: str) -> float:
    one, other = ({line.strip() for line in text.splitlines() if line.strip()} for text in (first, second))
    return len(one & other) / max(1, min(len(one), len(other)))
