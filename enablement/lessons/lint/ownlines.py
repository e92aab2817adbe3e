"""Whether a line of our own breaks our own guide."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from enablement.judges.findings import Finding
from enablement.judges.wording import check_clean_text
from enablement.lessons.lint.complaints import Complaint
from enablement.lessons.lint.texts import Said
from enablement.models import Person
from enablement.numbers import number

# Texts are checked together, so that the encoder is asked seldom.
TEXTS_AT_ONCE = 200
_APART = "\n\n"
# A draft is warned about from 0.85 on, where one fine sentence in thirty is named by mistake: with two
# thousand sentences of our own that would be work without end. From here on none of the held-back ones was
# (docs/judges.md).
SURE_FROM = 0.95


def own_lines_that_break(texts: Sequence[Said], person: Person) -> Iterator[Complaint]:
    """Complain about each sentence in our own voice that the wording check flags and is sure about.

    What a lesson quotes in order to answer it is left out, and so are mere hints. The guide is the one in the
    database, as `person` may see it. Raises EncoderUnavailable, NotTrained.
    """
    ours = [said for said in texts if said.is_ours]
    for start in range(0, len(ours), TEXTS_AT_ONCE):
        together = ours[start : start + TEXTS_AT_ONCE]
        for at, finding in sure_findings([said.text for said in together], person):
            yield _complaint(together[at], finding)


def sure_findings(texts: Sequence[str], person: Person) -> Iterator[tuple[int, Finding]]:
    """Yield what the check is sure about, with which of `texts` it stands in; they are checked together.

    Raises EncoderUnavailable, NotTrained.
    """
    starts = list(accumulate((len(text) + len(_APART) for text in texts), initial=0))
    for finding in check_clean_text(_APART.join(texts), person):
        if finding.level != "hint" and finding.confidence >= SURE_FROM:
            yield bisect_right(starts, finding.start) - 1, finding


def _complaint(said: Said, finding: Finding) -> Complaint:
    message = f"“{finding.quote}” breaks “{finding.entry}” ({finding.level}, {number(finding.confidence, 2)})"
    return Complaint(said.lesson, said.piece, said.field, "guide", message)
