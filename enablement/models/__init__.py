"""The database models. Everything a person reaches goes through `visible_to(person)`."""

from enablement.models.access import ApiToken, SlackLink, SlackLinkCode, SlackRequest, TokenScope
from enablement.models.analogies import Analogy, AnalogyPoint, AnalogySide
from enablement.models.calls import ModelCall
from enablement.models.cards import Card, Comparison, Fit, FitKind, Trait
from enablement.models.conversations import (
    Citation,
    Conversation,
    SlackThread,
    Surface,
    Turn,
    TurnState,
)
from enablement.models.distinctions import (
    DecisionQuestion,
    Distinction,
    Ladder,
    LadderStep,
    Outcome,
    Signal,
    Statement,
)
from enablement.models.fixed import FixedAnswer
from enablement.models.gaps import Feedback, FeedbackReason, Gap, GapReason, GapState
from enablement.models.guide import GuideEntry, Phrasing
from enablement.models.heads import Head
from enablement.models.idempotency import KeptResponse
from enablement.models.imports import DocumentVersion, ImportJob, ImportState
from enablement.models.lessons import Lesson, LessonPart, PartQuerySet, Source, State
from enablement.models.passages import DENSE_DIMENSIONS, LEXICAL_DIMENSIONS, Collection, Lexeme, Passage
from enablement.models.people import (
    DateForm,
    Density,
    MailChoice,
    Membership,
    MessagesBy,
    NumberForm,
    Person,
    PutOffStep,
    Role,
    Team,
)
from enablement.models.pins import Pin
from enablement.models.records import AuditEvent, Delivery, Work
from enablement.models.reviews import Draft, DraftState, SourcePassage
from enablement.models.revisions import OPEN_STATES, Origin, Revision, RevisionState
from enablement.models.sign_on import BrowserSession, GroupRule, Identity, Invitation
from enablement.models.speech import Disagreement, Position, Script, Term
from enablement.models.synonyms import Synonym
from enablement.models.trust import (
    CardOpening,
    Flag,
    FlagReason,
    FlagState,
    Notice,
    Ownership,
    Reading,
    Recall,
    Verification,
)

__all__ = [
    "DENSE_DIMENSIONS",
    "LEXICAL_DIMENSIONS",
    "OPEN_STATES",
    "Analogy",
    "AnalogyPoint",
    "AnalogySide",
    "ApiToken",
    "AuditEvent",
    "BrowserSession",
    "Card",
    "CardOpening",
    "Citation",
    "Collection",
    "Comparison",
    "Conversation",
    "DateForm",
    "DecisionQuestion",
    "Delivery",
    "Density",
    "Disagreement",
    "Distinction",
    "DocumentVersion",
    "Draft",
    "DraftState",
    "Feedback",
    "FeedbackReason",
    "Fit",
    "FitKind",
    "FixedAnswer",
    "Flag",
    "FlagReason",
    "FlagState",
    "Gap",
    "GapReason",
    "GapState",
    "GroupRule",
    "GuideEntry",
    "Head",
    "Identity",
    "ImportJob",
    "ImportState",
    "Invitation",
    "KeptResponse",
    "Ladder",
    "LadderStep",
    "Lesson",
    "LessonPart",
    "Lexeme",
    "MailChoice",
    "Membership",
    "MessagesBy",
    "ModelCall",
    "Notice",
    "NumberForm",
    "Origin",
    "Outcome",
    "Ownership",
    "PartQuerySet",
    "Passage",
    "Person",
    "Phrasing",
    "Pin",
    "Position",
    "PutOffStep",
    "Reading",
    "Recall",
    "Revision",
    "RevisionState",
    "Role",
    "Script",
    "Signal",
    "SlackLink",
    "SlackLinkCode",
    "SlackRequest",
    "SlackThread",
    "Source",
    "SourcePassage",
    "State",
    "Statement",
    "Surface",
    "Synonym",
    "Team",
    "Term",
    "TokenScope",
    "Trait",
    "Turn",
    "TurnState",
    "Verification",
    "Work",
]
