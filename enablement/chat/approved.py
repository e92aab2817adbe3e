"""The approved line: what editors wrote to be said aloud about just this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from enablement.chat.compose import replies
from enablement.chat.passages import vectors_of
from enablement.chat.relevance import shared
from enablement.judges.encoder import Vectors
from enablement.models import Passage, Person
from enablement.retrieval.search import Hit

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


def find_approved_line(
    question: str, vector: Vectors | None, hits: Sequence[Hit], contexts: Mapping[int, str], person: Person
) -> Hit | None:
    """Return the passage whose text is to be said, or None where no line answers just this question.

    `vector` is the question's, None while the encoder is away. An outcome's line answers a buyer's statement,
    not a question.
    """
    leading = [hit for hit in hits if hit.kind in LEAD_TO_LINE]
    answers = [(hit, contexts.get(hit.passage_id) or hit.text) for hit in leading]
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
    return best if best.field != "why" else _line_of_entry(best, person)


def likely_line(
    question: str,
    hits: Sequence[Hit],
    contexts: Mapping[int, str],
    points: Mapping[str, Hit],
    likely: Mapping[str, float],
) -> Hit | None:
    """Return the likeliest piece that is written to be said and makes sense as a reply, or None.

    `likely` has by slug the chance that a piece answers, `points` what is said for an aside.
    """
    said = (points.get(hit.key, hit) for hit in hits if hit.kind in LEAD_TO_LINE)
    lines = {line.slug: line for line in said if line.field in SPOKEN}
    for slug, chance in likely.items():
        if chance < LIKELY_LINE:
            break
        if slug in lines and replies(question, lines[slug], contexts):
            return lines[slug]
    return None


def _line_of_entry(hit: Hit, person: Person) -> Hit | None:
    key = f"guide_entry:{hit.slug}:do_say"
    row = (
        Passage.objects.visible_to(person)
        .filter(key=key)
        .values("key", "field", "title", "url", "text")
        .first()
    )
    return replace(hit, quote=row["text"], **row) if row else None
