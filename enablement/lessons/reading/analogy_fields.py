"""Which part of an analogy a label or sub-heading announces."""

from __future__ import annotations

import re

from enablement.lessons.reading.vocabulary import BREAKS, CARD_FIELDS, CAUTION, FAMILIAR, HOLDS, MAPPING

ANALOGY_LABEL = re.compile(r"\banalog(?:y|ue)?$")
IT = r"(?:it|this|that|they|the (?:analogy|comparison|image|picture|likeness|parallel|metaphor))"
HOLDS_WORDING = re.compile(
    r"(?:works|holds|fits) (?:because|when|where)\b"
    rf"|(?:where|why) {IT} (?:holds|works|fits|helps|is true|carries over)\b"
)
BREAKS_WORDING = re.compile(
    r"(?:stops working|breaks|fails|limps) (?:when|where|because)\b"
    rf"|(?:where|how|why|when) {IT} (?:breaks|fails|falls|stops|ends|limps|stumbles|misleads|goes wrong"
    rf"|does(?: not|n't) (?:hold|work|fit|carry))\b|(?:the )?limits? of {IT}\b"
)
# Labels that also stand in sections of other kinds; alone they do not make an analogy.
AMBIGUOUS = frozenset(
    {"differences", "similarities", "where it works", "where it fits", "where it fails", "what is different"}
    | {"works because", "works when", "works where", "stops working when", "fails when", "fails because"}
    | {"what is the same", "where it stops", "how they are alike", "where it helps", "why it works"}
)


def analogy_field(key: str) -> str:
    """Return holds, breaks, mapping, caution or familiar; "" for any other label (in lower case)."""
    if key in CARD_FIELDS:
        return ""
    if key in HOLDS or HOLDS_WORDING.match(key):
        return "holds"
    if key in BREAKS or BREAKS_WORDING.match(key):
        return "breaks"
    if key in MAPPING:
        return "mapping"
    if key in CAUTION:
        return "caution"
    return "familiar" if key in FAMILIAR or ANALOGY_LABEL.search(key) else ""
