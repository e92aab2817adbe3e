"""The second look at a sentence that misleads alone: among its neighbours, and without what it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from enablement.judges.adapter_files import Task
from enablement.judges.adapters import model_for
from enablement.judges.claims import Draft
from enablement.judges.encoder import encode
from enablement.judges.exact import Span
from enablement.judges.linear import Regression

# Neighbours are read along in so many characters; longer ones would drown the sentence.
MAX_WINDOW = 600
# Three words or more in quotation marks: somebody's words, not a name.
_QUOTATION = re.compile(r"“[^”\s]+(?:\s+[^”\s]+){2,}\s*”|\"[^\"\s]+(?:\s+[^\"\s]+){2,}\s*\"")


def second_look(draft: Draft, doubtful: Sequence[Span], any_entry: Regression) -> dict[Span, float]:
    """How surely each sentence misleads among its neighbours, and without what it quotes: the lower of both.

    A claim that is put right in the next breath does not mislead, nor does one that is only cited.
    Raises EncoderUnavailable.
    """
    looks = [(span, look) for span in doubtful for look in _looks(draft.text, draft.spans, span)]
    if not looks:
        return {}
    vectors = encode([look for _, look in looks], model=model_for(Task.WORDING))
    found: dict[Span, float] = {}
    for (span, _), value in zip(looks, any_entry.probabilities(vectors).tolist(), strict=True):
        found[span] = min(value, found.get(span, 1.0))
    return found


def _looks(text: str, spans: Sequence[Span], span: Span) -> Iterator[str]:
    place = spans.index(span)
    start, end = spans[max(0, place - 1)][0], spans[min(len(spans) - 1, place + 1)][1]
    if (start, end) != span and end - start <= MAX_WINDOW:
        yield text[start:end]
    sentence = text[slice(*span)]
    unquoted = _QUOTATION.sub("this", sentence)
    if unquoted != sentence:
        yield unquoted
