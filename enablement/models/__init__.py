"""The database models. Everything a person reaches goes through `visible_to(person)`."""

from enablement.models.access import ApiToken, SlackLink, SlackLinkCode, SlackRequest
from enablement.models.analogies import Analogy, AnalogyPoint, AnalogySide
from enablement.models.cards import Card, Comparison, Fit, FitKind, Trait
from enablement.models.conversations import Citation, Conversation, Gap, Surface, Turn, TurnState
from enablement.models.distinctions import (
    DecisionQuestion,
    Distinction,
    Ladder,
    LadderStep,
    Outcome,
    Signal,
    Statement,
)
from enablement.models.guide import GuideEntry, Phrasing
from enablement.models.heads import Head
from enablement.models.lessons import Lesson, LessonPart, Source, State
from enablement.models.passages import DENSE_DIMENSIONS, LEXICAL_DIMENSIONS, Collection, Lexeme, Passage
from enablement.models.people import Membership, Person, Role, Team
from enablement.models.records import AuditEvent, Delivery, Work
from enablement.models.reviews import Draft, DraftState, SourcePassage
from enablement.models.speech import Disagreement, Position, Script, Term

__all__ = [
    "DENSE_DIMENSIONS",
    "LEXICAL_DIMENSIONS",
    "Analogy",
    "AnalogyPoint",
    "AnalogySide",
    "ApiToken",
    "AuditEvent",
    "Card",
    "Citation",
    "Collection",
    "Comparison",
    "Conversation",
    "DecisionQuestion",
    "Delivery",
    "Disagreement",
    "Distinction",
    "Draft",
    "DraftState",
    "Fit",
    "FitKind",
    "Gap",
    "GuideEntry",
    "Head",
    "Ladder",
    "LadderStep",
    "Lesson",
    "LessonPart",
    "Lexeme",
    "Membership",
    "Outcome",
    "Passage",
    "Person",
    "Phrasing",
    "Position",
    "Role",
    "Script",
    "Signal",
    "SlackLink",
    "SlackLinkCode",
    "SlackRequest",
    "Source",
    "SourcePassage",
    "State",
    "Statement",
    "Surface",
    "Team",
    "Term",
    "Trait",
    "Turn",
    "TurnState",
    "Work",
]
