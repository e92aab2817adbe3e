"""The labels that authors give the fields of an item. Keys are lower case with straight apostrophes."""

from __future__ import annotations

CARD_FIELDS = {
    "what it is": "what_it_is",
    "what is it": "what_it_is",
    "what this is": "what_it_is",
    "definition": "what_it_is",
    "in one sentence": "what_it_is",
    "what it does": "what_it_does",
    "what does it do": "what_it_does",
    "how it works": "what_it_does",
    "how does it work": "what_it_does",
    "where it comes from": "where_it_comes_from",
    "where does it come from": "where_it_comes_from",
    "origin": "where_it_comes_from",
    "origins": "where_it_comes_from",
    "history": "where_it_comes_from",
    "background": "where_it_comes_from",
    "what makes it distinct": "what_makes_it_distinct",
    "what makes it different": "what_makes_it_distinct",
    "what sets it apart": "what_makes_it_distinct",
    "why it is different": "what_makes_it_distinct",
    "how it differs": "what_makes_it_distinct",
    "distinct because": "what_makes_it_distinct",
}
HOLDS = {
    "where it holds",
    "where the analogy holds",
    "where this holds",
    "holds",
    "what holds",
    "where it works",
    "where it fits",
    "what matches",
    "what carries over",
    "similarities",
    "what they share",
    "in common",
    "what they have in common",
    "how they are alike",
    "what is the same",
}
BREAKS = {
    "where it breaks",
    "where it breaks down",
    "where the analogy breaks",
    "where the analogy breaks down",
    "where this breaks",
    "where this breaks down",
    "breaks",
    "breaks down",
    "what breaks",
    "where it fails",
    "where it stops",
    "where it does not hold",
    "where it doesn't hold",
    "where it falls short",
    "where it falls down",
    "where the likeness ends",
    "where it stops working",
    "what does not carry over",
    "what doesn't carry over",
    "differences",
    "what is different",
    "limits of the analogy",
}
MAPPING = {"mapping", "the mapping", "how it maps", "how it compares", "how it carries over"}
FAMILIAR = {"familiar", "the familiar thing", "what they know", "what you know", "think of", "picture this"}
CAUTION = {"caution", "careful", "be careful", "watch out", "in a buyer conversation", "with a buyer"}
ASKERS = {
    "q",
    "question",
    "interviewer",
    "buyer",
    "the buyer",
    "customer",
    "the customer",
    "client",
    "prospect",
    "they ask",
    "they say",
    "if asked",
    "if they ask",
    "ciso",
    "buyer asks",
    "customer asks",
}
ANSWERERS = {
    "a",
    "answer",
    "you",
    "you say",
    "rep",
    "seller",
    "we say",
    "your answer",
    "say",
    "response",
    "model answer",
    "candidate",
    "thirty seconds",
    "spoken answer",
    "short answer",
}
DONT_SAY = {"don't say", "do not say", "avoid", "avoid saying", "never say", "not this", "instead of"}
DO_SAY = {"do say", "say", "say instead", "say this", "instead", "use", "use instead", "better", "try"}
WHY = {"why", "why it matters", "why this matters", "because", "reason", "the reason"}
EXAMPLES = {"example", "practical example", "for example", "an example", "in practice", "real example", "e.g"}
NOTES = {"note", "but", "caveat", "however", "tip"}

KNOWN_LABELS = frozenset(
    {*CARD_FIELDS, *HOLDS, *BREAKS, *MAPPING, *FAMILIAR, *CAUTION, *ASKERS, *ANSWERERS}
    | DONT_SAY
    | DO_SAY
    | WHY
    | EXAMPLES
    | NOTES
)
