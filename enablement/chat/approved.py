"""The approved line: what editors wrote to be said aloud about just this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enablement.chat.aloud import is_spoken
from enablement.chat.compose import pieces_of, replies
from enablement.chat.passages import vectors_of
from enablement.chat.relevance import shared
from enablement.judges.encoder import Vectors
from enablement.models import Passage, Person
from enablement.retrieval.search import Hit
from enablement.trust.facts import Pair

# A line is found by what it answers: the question of a spoken answer, the claim that an entry of the guide
# replaces. How near that must be to what is asked: cosine, and half the share of words that both have (Dice).
# Chosen by reading the 130 nearest pairs of our own questions: above it about three in thirty are beside the
# point, below it every third. A wrong line said aloud is worse than none.
NEAR_ENOUGH = 1.1
SHARED_COUNTS = 0.5
# Fewer words in common than this, and the pair is not compared by meaning. Without vectors they decide alone.
LEAST_SHARED, SHARED_ENOUGH = 0.2, 0.75
LEAD_TO_LINE = ("guide_entry", "script")
# The fields of those that are written to be said.
SPOKEN = ("do_say", "answer")
# So likely to answer (to_the_point.py), a piece that is written to be said is the line, though it answers
# another question by its words. By ten folds 82 % of such lines are pieces that the question names.
LIKELY_LINE = 0.6


def lines_among(hits: Sequence[Hit], points: Mapping[str, Hit], person: Person) -> Mapping[str, Hit]:
    """Return by the key of each hit that leads to a line that line, best first. `points`: what an aside says.

    A line is all of a field that is written to be said, and each of its sentences can be read aloud. What was
    too long for the encoder stands in several passages, and none of them is a line.
    """
    leading = {hit.key: points.get(hit.key, hit) for hit in hits if hit.kind in LEAD_TO_LINE}
    lines = {key: line for key, line in leading.items() if _can_be_said(line)}
    seconds = [f"{line.key}:2" for line in lines.values()]
    cut = set(Passage.objects.visible_to(person).filter(key__in=seconds).values_list("key", flat=True))
    return {key: line for key, line in lines.items() if f"{line.key}:2" not in cut}


def find_approved_line(
    question: str,
    vector: Vectors | None,
    hits: Sequence[Hit],
    contexts: Mapping[int, str],
    lines: Mapping[str, Hit],
) -> Hit | None:
    """Return the passage whose text is to be said, or None where no line answers just this question.

    `vector` is the question's, None while the encoder is away; `lines` as `lines_among` gives them. An
    outcome's line answers a buyer's statement, not a question.
    """
    answers = [(hit, contexts.get(hit.passage_id) or hit.text) for hit in hits if hit.key in lines]
    alike = [(hit, text, share) for hit, text in answers if (share := shared(question, text)) >= LEAST_SHARED]
    vectors = vectors_of([text for _, text, _ in alike]) if vector is not None and alike else None
    if vector is None or vectors is None:
        near = [(share, hit) for hit, _, share in alike if share >= SHARED_ENOUGH]
    else:
        scored = [
            (float(vector @ one) + SHARED_COUNTS * share, hit)
            for one, (hit, _, share) in zip(vectors, alike, strict=True)
        ]
        near = [(score, hit) for score, hit in scored if score >= NEAR_ENOUGH]
    if not near:
        return None
    _, best = max(near, key=lambda pair: pair[0])
    return lines[best.key]


def likely_line(
    question: str, contexts: Mapping[int, str], lines: Mapping[str, Hit], likely: Mapping[Pair, float]
) -> Hit | None:
    """Return the likeliest piece that is written to be said and makes sense as a reply, or None.

    `lines` as `lines_among` gives them; `likely` has by kind and slug the chance that a piece answers.
    """
    pieces: dict[Pair, Hit] = {}
    for line in lines.values():
        pieces.setdefault(line.pair, line)
    for pair, chance in likely.items():
        if chance < LIKELY_LINE:
            break
        if pair in pieces and replies(question, pieces[pair], contexts):
            return pieces[pair]
    return None


def _can_be_said(hit: Hit) -> bool:
    begins = hit.field in SPOKEN and hit.key == f"{hit.kind}:{hit.slug}:{hit.field}"
    return begins and all(is_spoken(piece.text) for piece in pieces_of(hit))
