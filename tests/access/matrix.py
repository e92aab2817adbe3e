"""Who may do what: a row for every address of the site. An address without a row fails the test.

A row names what the address is about (a place of tests/access/world.py; nothing where it is about no single
thing), who may read it (GET), who may write to it (POST), and what a write sends. Every other method is
refused to everybody. Where somebody may not, the answer is 404 (or the way to sign in) and nothing is
written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final


class May(StrEnum):
    """Who may do something; of things that belong to a side, its rep, its manager or its team."""

    PUBLIC = "anybody, signed in or not"
    ANYBODY = "whoever is signed in"
    EDITORS = "editors and admins"
    MANAGERS = "managers and admins"
    ADMINS = "admins"
    OWN = "the rep whose it is"
    OWN_OR_LED = "the rep whose it is, their manager, admins"
    OWN_OR_EDITORS = "the rep whose it is, editors, admins"
    LED = "the rep's manager, admins"
    TEAM = "the lesson's team with its managers, editors, admins"
    LED_OR_EDITORS = "the rep's manager, editors, admins"


@dataclass(frozen=True, slots=True)
class Row:
    """What may be done at an address. `sends` is a form (for the API, a JSON body).

    With `acts`, who may write does write something by it; without, what is sent asks for too
    little (None: it depends). Of the
    pages of a `library` it is known that nobody gets anywhere who is not signed in: they ask for the
    password. What `releases` hands in, and so shows its person their own keys.
    """

    about: str = ""
    get: May | None = None
    post: May | None = None
    sends: Mapping[str, Any] = field(default_factory=dict)
    acts: bool | None = True
    library: bool = False
    releases: bool = False


ANYBODY, PUBLIC, EDITORS, MANAGERS, ADMINS = (
    May.ANYBODY,
    May.PUBLIC,
    May.EDITORS,
    May.MANAGERS,
    May.ADMINS,
)
OWN, OWN_OR_LED, LED, TEAM = May.OWN, May.OWN_OR_LED, May.LED, May.TEAM
NOBODY = None
ASKS_AGAIN = Row(get=ANYBODY, post=ANYBODY, library=True)

MATRIX: Final[dict[str, Row]] = {
    # The way in, and what is nobody's
    "favicon.ico": Row(get=PUBLIC),
    "livez": Row(get=PUBLIC),
    "readyz": Row(get=PUBLIC),
    "sign-in": Row(get=PUBLIC, post=PUBLIC, acts=False),
    "sign-in-demo": Row(post=NOBODY),
    "sign-out": Row(post=ANYBODY),
    "account_login": Row(get=PUBLIC, post=PUBLIC, acts=False),
    "account_logout": Row(post=ANYBODY),
    "provider-begin": Row(),
    "provider-callback": Row(),
    "provider-link": Row(get=ANYBODY, library=True),
    "mfa_authenticate": Row(get=PUBLIC, library=True),
    "mfa_login_webauthn": Row(get=PUBLIC, library=True),
    "account_reauthenticate": ASKS_AGAIN,
    "mfa_reauthenticate": ASKS_AGAIN,
    "mfa_reauthenticate_webauthn": ASKS_AGAIN,
    "mfa_activate_totp": ASKS_AGAIN,
    "mfa_deactivate_totp": ASKS_AGAIN,
    "mfa_add_webauthn": ASKS_AGAIN,
    "mfa_remove_webauthn": Row("passkey", get=OWN, post=OWN, library=True),
    "mfa_view_recovery_codes": ASKS_AGAIN,
    "mfa_generate_recovery_codes": ASKS_AGAIN,
    "mfa_index": ASKS_AGAIN,
    # One's own account
    "home": Row(get=ANYBODY, post=ANYBODY, acts=False),
    "account": Row(get=ANYBODY),
    "mail-choose": Row(post=ANYBODY, sends={"mail": "never", "messages_by": "mail"}),
    "token-make": Row(post=ANYBODY, sends={"name": "x", "days": "7"}),
    "token-revoke": Row("token", post=OWN),
    "slack-code-make": Row(post=ANYBODY),
    "slack-unlink": Row(post=ANYBODY, acts=False),
    "security": Row(get=ANYBODY),
    "password-change": Row(post=ANYBODY, acts=False),
    "session-end": Row("browser session", post=OWN),
    "sessions-end": Row(post=ANYBODY),
    "slack-setup": Row(get=ADMINS),
    "invitation": Row("invitation", get=PUBLIC, post=PUBLIC, library=True),
    "people": Row(get=ADMINS),
    "invite": Row(post=ADMINS, acts=None),
    "invite-again": Row("newcomer", post=ADMINS, acts=None),
    "invitation-revoke": Row("newcomer", post=ADMINS, acts=None),
    "person-deactivate": Row("newcomer", post=ADMINS),
    "person-reactivate": Row("newcomer", post=ADMINS, acts=None),
    "second-step-reset": Row("newcomer", post=ADMINS, acts=None),
    "audit": Row(get=ADMINS),
    "audit-export": Row("audit file", get=ADMINS),
    "looks-choose": Row(post=ANYBODY, acts=None),
    "palette": Row(get=ANYBODY),
    "keys": Row(get=ANYBODY),
    "styleguide": Row(get=EDITORS),
    "status": Row(get=ADMINS),
    "work-try-again": Row("work", post=ADMINS, acts=None),
    "metrics": Row(get=PUBLIC),  # from this machine, or with its token (tests of operation)
    "own-data": Row(get=ANYBODY),
    "privacy": Row(get=ADMINS),
    "model-switch": Row("team", post=ADMINS, acts=None),
    "person-data": Row("newcomer", get=ADMINS),
    "person-erase": Row("newcomer", get=ADMINS, post=ADMINS, acts=None),
    "first-steps": Row(get=ADMINS),
    "put-off-step": Row("first step", post=ADMINS, acts=None),
    # Asking
    "ask": Row(get=ANYBODY, post=ANYBODY, acts=False),
    "ask-stream": Row(post=ANYBODY, acts=False),
    "conversation": Row("conversation", get=OWN),
    "conversation-rename": Row("conversation", post=OWN, sends={"title": "Another"}),
    "conversation-delete": Row("conversation", post=OWN),
    "conversation-bring-back": Row("put-away conversation", post=OWN),
    "conversation-export": Row("conversation", get=OWN),
    "turn": Row("turn", get=OWN),
    "turn-stop": Row("turn", post=OWN),
    "turn-feedback": Row("turn", post=OWN, sends={"good": "yes"}),
    "turn-ask-owner": Row("turn", post=OWN, acts=False),
    "sort": Row(get=ANYBODY, post=ANYBODY, acts=False),
    "check": Row(get=ANYBODY, post=ANYBODY, acts=False),
    "search": Row(get=ANYBODY),
    # Reading
    "lesson-list": Row(get=ANYBODY),
    "lesson-detail": Row("lesson", get=TEAM),
    "lesson-print": Row("lesson", get=TEAM),
    "card-list": Row(get=ANYBODY),
    "card-detail": Row("card", get=TEAM),
    "comparison-detail": Row("comparison", get=TEAM),
    "guide": Row(get=ANYBODY),
    "guide-entry-detail": Row("guide_entry", get=TEAM),
    "analogy-detail": Row("analogy", get=TEAM),
    "distinction-detail": Row("distinction", get=TEAM),
    "ladder-detail": Row("ladder", get=TEAM),
    "glossary": Row(get=ANYBODY),
    "passage-detail": Row("passage", get=TEAM),
    # Trust: who vouches, flags, messages
    "piece-trust": Row("piece", get=TEAM),
    "piece-verify": Row("owned piece", post=TEAM, acts=None),
    "piece-pin": Row("piece", post=TEAM),
    "piece-own": Row("piece", post=EDITORS, sends={"owner": "", "interval_days": "30"}),
    "flags": Row(get=ANYBODY),
    "flag-new": Row(),
    "flag-propose": Row(get=ANYBODY),
    "flag-example": Row(get=ANYBODY),
    "flag": Row("flag", get=May.OWN_OR_EDITORS, post=EDITORS, sends={"state": "declined", "answer": "No."}),
    "corrections": Row(get=ANYBODY),
    "correction": Row("recall", get=May.OWN_OR_EDITORS),
    "notices": Row(get=ANYBODY),
    "notices-read": Row(post=ANYBODY),
    "notice": Row("notice", get=OWN),
    "verify-queue": Row(get=ANYBODY),
    "health": Row(get=EDITORS),
    "health-assign": Row(post=EDITORS, acts=False),
    # Writing content
    "lesson-new": Row(get=EDITORS, post=EDITORS, acts=False),
    "lesson-contents": Row("lesson", get=EDITORS),
    "lesson-release": Row("lesson", post=EDITORS, acts=False),
    "lesson-review": Row("lesson", post=EDITORS),
    "piece-new": Row("new piece", get=EDITORS, post=EDITORS),
    "source-add": Row("lesson", get=EDITORS, post=EDITORS, acts=False),
    "source-edit": Row("lesson source", get=EDITORS, post=EDITORS, acts=False),
    "piece-history": Row("piece", get=EDITORS),
    "piece-edit": Row("owned piece", post=EDITORS),
    "piece-retire": Row("piece", post=EDITORS),
    "piece-move": Row("piece", post=EDITORS, sends={"way": "up"}),
    "revision": Row("revision", get=EDITORS, post=EDITORS, acts=False),
    "revision-merge": Row("revision", post=EDITORS, acts=False),
    "revision-verb": Row("revision verb", post=EDITORS),
    "review-list": Row(get=EDITORS),
    "guide-file": Row(get=EDITORS),
    "guide-upload": Row(get=EDITORS, post=EDITORS, acts=False),
    "synonym-list": Row(get=EDITORS, post=EDITORS, acts=False),
    "synonym-remove": Row("synonym", post=EDITORS, sends={"synonym": "{pk}"}),
    "fixed-answers": Row(get=EDITORS),
    "fixed-answer-new": Row(get=EDITORS, post=EDITORS, sends={"lesson": "doors"}, acts=False),
    "fixed-answer": Row("fixed answer", get=TEAM),
    "fixed-answer-edit": Row(
        "fixed answer", get=EDITORS, post=EDITORS, sends={"lesson": "doors"}, acts=False
    ),
    "fixed-answer-verify": Row("fixed answer", post=EDITORS),
    "fixed-answer-delete": Row("fixed answer", post=EDITORS),
    "gaps": Row(get=EDITORS),
    "gap": Row("gap", get=EDITORS),
    "gap-assign": Row("gap", post=EDITORS, sends={"person": ""}),
    "gap-draft": Row("gap", post=EDITORS, sends={"lesson": "doors", "slug": "door-gap"}),
    "gap-recheck": Row("gap", post=EDITORS),
    # Documents
    "document-list": Row(get=EDITORS),
    "document-add": Row(post=EDITORS, acts=False),
    "import-list": Row(get=EDITORS),
    "import-job": Row("import", get=EDITORS),
    "import-cancel": Row("import", post=EDITORS),
    "document-detail": Row("document", get=EDITORS),
    "drafts-decide": Row("document", post=EDITORS, acts=False),
    "document-lesson": Row("document", post=EDITORS, sends={"lesson": "doors"}),
    "document-check": Row("document", post=EDITORS),
    "document-alike": Row("document", post=EDITORS),
    "document-conflicts": Row("document", get=EDITORS),
    "draft-decide": Row("draft", get=EDITORS, post=EDITORS, sends={"do": "discard"}),
    "draft-edit": Row("draft", get=EDITORS, post=EDITORS),
    "draft-merge": Row("draft", get=EDITORS, post=EDITORS, acts=False),
    "conflict-list": Row(get=EDITORS),
    "conflict-record": Row(post=EDITORS, acts=False),
    # Writing questions
    "question-banks": Row(get=EDITORS),
    "question-bank": Row("bank", get=EDITORS),
    "question-new": Row("bank", get=EDITORS, post=EDITORS),
    "question-propose": Row("bank", post=EDITORS),
    "question-preview": Row("question", get=EDITORS),
    "question-edit": Row("question", get=EDITORS, post=EDITORS),
    "question-versions": Row("question", get=EDITORS),
    "question-restore": Row("question version", post=EDITORS, acts=False),
    "question-vouch": Row("question", post=EDITORS),
    "quiz-make": Row(post=EDITORS, sends={"distinction": "door-problem"}),
    "quiz-new": Row("bank", get=EDITORS, post=EDITORS, acts=False),
    "quiz-change": Row("quiz", get=EDITORS, post=EDITORS, acts=False),
    # Taking quizzes
    "quiz-list": Row(get=ANYBODY),
    "quiz-detail": Row("quiz", get=TEAM),
    "quiz-start": Row("quiz", post=TEAM, acts=None),
    "quiz-statistics": Row("handed-in quiz", get=May.LED_OR_EDITORS),
    "attempt-detail": Row("open attempt", get=OWN),
    "attempt-save": Row("open attempt", get=OWN, post=OWN, acts=False),
    "attempt-submit": Row("open attempt", get=OWN, post=OWN, sends={"confirm": "1"}),
    "attempt-result": Row("attempt", get=OWN_OR_LED),
    "answer-appeal": Row("answer", post=OWN, sends={"check": "part", "reason": "It is named."}, acts=False),
    # The coach and practice
    "coach": Row(get=ANYBODY),
    "coach-start": Row("scenario", post=TEAM, acts=None),
    "coach-run": Row("coach run", get=OWN),
    "coach-say": Row("coach run", post=OWN, acts=False),
    "practice": Row(get=ANYBODY),
    "practice-start": Row(post=ANYBODY),
    "practice-plan": Row(post=ANYBODY, sends={"daily_cap": "8"}),
    "practice-session": Row("practice", get=OWN),
    "practice-end": Row("practice", post=OWN),
    "practice-feedback": Row("practice item", get=OWN),
    "practice-answer": Row("practice item", post=OWN, sends={"unknown": "1"}, acts=False),
    # Results
    "my-results": Row(get=ANYBODY),
    "who-sees": Row(get=ANYBODY),
    "who-sees-share": Row(post=ANYBODY, sends={"shares": "yes"}),
    "answer-list": Row(get=ANYBODY),
    "answer-export": Row(get=ANYBODY),
    "team-list": Row(get=MANAGERS),
    "team-member": Row("member", get=LED),
    "content-report": Row(get=EDITORS),
    "answer-reviews": Row(get=MANAGERS),
    "answer-review": Row("answer", get=LED, post=LED),
    "answer-undo": Row("answer", post=LED, acts=False),
    "regrades": Row(get=MANAGERS, post=MANAGERS, acts=False),
    "regrade": Row("regrade", get=LED),
    "regrade-act": Row("regrade", post=LED, acts=False),
    # Assignments and coaching
    "assignment-own-list": Row(get=ANYBODY),
    "assignment-own": Row("assignment", get=OWN),
    "assignment-own-read": Row("assignment", post=OWN),
    "assignment-list": Row(get=MANAGERS),
    "assignment-new": Row(get=MANAGERS, post=MANAGERS, acts=False),
    "assignment-board": Row("assignment", get=LED),
    "assignment-move": Row("assignment", post=LED, sends={"due_on": "{soon}"}),
    "assignment-withdraw": Row("assignment", post=LED),
    "place-excuse": Row("place", post=LED),
    "place-extend": Row("place", post=LED, sends={"undo": "1"}),
    "coaching": Row(get=ANYBODY),
    "coaching-new": Row("member", get=LED, post=LED, acts=False),
    "coaching-note": Row("coaching note", get=OWN_OR_LED),
    "coaching-answer": Row("coaching note", post=OWN_OR_LED, sends={"text": "Thank you."}),
    "coaching-end": Row("coaching note", post=LED),
    # Slack
    "slack-commands": Row(),
    "slack-interactions": Row(),
    "slack-events": Row(),
    # The API
    "api/": Row(),
    "api-schema": Row(get=PUBLIC),
    "api-me": Row(get=ANYBODY),
    "api-ask": Row(post=ANYBODY, acts=False),
    "api-conversations": Row(get=ANYBODY),
    "api-conversation": Row("conversation", get=OWN),
    "api-conversation-rename": Row("conversation", post=OWN, sends={"title": "Another"}),
    "api-conversation-delete": Row("conversation", post=OWN),
    "api-conversation-bring-back": Row("put-away conversation", post=OWN),
    "api-conversation-export": Row("conversation", get=OWN),
    "api-turn": Row("turn", get=OWN),
    "api-turn-stop": Row("turn", post=OWN, acts=None),
    "api-turn-feedback": Row("turn", post=OWN, sends={"good": True}),
    "api-turn-ask-owner": Row("turn", post=OWN, acts=False),
    "api-search": Row(get=ANYBODY),
    "api-sortings": Row(post=ANYBODY, acts=False),
    "api-wording-checks": Row(post=ANYBODY, acts=False),
    "api-flags": Row(get=ANYBODY, post=ANYBODY, acts=False),
    "api-flag-proposals": Row(post=ANYBODY, acts=False),
    "api-flag-examples": Row(post=ANYBODY, acts=False),
    "api-flag": Row("flag", get=May.OWN_OR_EDITORS),
    "api-flag-answer": Row("flag", post=EDITORS, sends={"state": "declined", "answer": "No."}),
    "api-gaps": Row(get=EDITORS),
    "api-gap": Row("gap", get=EDITORS),
    "api-gap-assign": Row("gap", post=EDITORS, sends={"person": "nia"}),
    "api-gap-draft": Row("gap", post=EDITORS, sends={"lesson": "doors", "slug": "door-gap"}),
    "api-gap-recheck": Row("gap", post=EDITORS),
    "api-fixed-answers": Row(get=EDITORS, post=EDITORS, acts=False),
    "api-fixed-answer": Row("fixed answer", get=TEAM, post=EDITORS, acts=False),
    "api-fixed-answer-verify": Row("fixed answer", post=EDITORS),
    "api-fixed-answer-delete": Row("fixed answer", post=EDITORS),
    "api-drafts": Row(get=EDITORS, post=EDITORS, acts=False),
    "api-draft": Row("revision", get=EDITORS, post=EDITORS, acts=False),
    "api-draft-act": Row("revision verb", post=EDITORS),
    "api-piece-retire": Row("piece", post=EDITORS),
    "api-piece-trust": Row("piece", get=TEAM),
    "api-piece-verify": Row("owned piece", post=TEAM, acts=None),
    "api-piece-own": Row("piece", post=EDITORS, sends={"interval_days": 30}),
    "api-verify-queue": Row(get=ANYBODY),
    "api-notices": Row(get=ANYBODY),
    "api-notices-read": Row(post=ANYBODY),
    "api-pins": Row(get=ANYBODY, post=ANYBODY, acts=False),
    "api-pins-remove": Row(post=ANYBODY, acts=False),
    "api-lesson-list": Row(get=ANYBODY),
    "api-lesson-detail": Row("lesson", get=TEAM),
    "api-card-list": Row(get=ANYBODY),
    "api-card-detail": Row("card", get=TEAM),
    "api-guide-entry-list": Row(get=ANYBODY),
    "api-guide-entry-detail": Row("guide_entry", get=TEAM),
    "api-analogy-list": Row(get=ANYBODY),
    "api-analogy-detail": Row("analogy", get=TEAM),
    "api-comparison-list": Row(get=ANYBODY),
    "api-comparison-detail": Row("comparison", get=TEAM),
    "api-term-list": Row(get=ANYBODY),
    "api-term-detail": Row("term", get=TEAM),
    "api-quizzes": Row(get=ANYBODY),
    "api-quiz": Row("quiz", get=TEAM),
    "api-attempts": Row(get=ANYBODY, post=ANYBODY, acts=False),
    "api-attempt": Row("open attempt", get=OWN),
    "api-attempt-submit": Row("open attempt", post=OWN, releases=True),
    "api-answers": Row(post=ANYBODY, acts=False),
    "api-answer-appeals": Row(
        "answer", post=OWN, sends={"check": "part", "reason": "It is named."}, acts=False
    ),
    "api-appeals": Row(get=ANYBODY),
    "api-desk": Row(get=MANAGERS),
    "api-desk-answer": Row("answer", get=LED, post=LED, sends={"met": []}),
    "api-desk-undo": Row("answer", post=LED, acts=False),
    "api-coaching-notes": Row(get=ANYBODY, post=MANAGERS, acts=False),
    "api-coaching-focuses": Row("member", get=LED),
    "api-coaching-note": Row("coaching note", get=OWN_OR_LED),
    "api-coaching-note-replies": Row("coaching note", post=OWN_OR_LED, sends={"text": "Thank you."}),
    "api-coaching-note-end": Row("coaching note", post=LED),
    "api-regrades": Row(get=MANAGERS, post=MANAGERS, acts=False),
    "api-regrade": Row("regrade", get=LED),
    "api-regrade-apply": Row("regrade", post=LED, acts=False),
    "api-regrade-undo": Row("regrade", post=LED, acts=False),
    "api-regrade-again": Row("regrade", post=LED),
    "api-assignments": Row(get=ANYBODY, post=MANAGERS, acts=False),
    "api-assignment-read": Row("assignment", post=OWN),
    "api-given": Row(get=MANAGERS),
    "api-given-one": Row("assignment", get=LED),
    "api-given-move": Row("assignment", post=LED, sends={"due_on": "{soon}"}),
    "api-given-withdraw": Row("assignment", post=LED),
    "api-given-excuse": Row("place", post=LED, sends={"person": "{username}"}),
    "api-given-extend": Row("place", post=LED, sends={"person": "{username}", "due_on": "{soon}"}),
    "api-practice": Row(get=ANYBODY),
    "api-practice-sessions": Row(post=ANYBODY),
    "api-practice-session": Row("practice", get=OWN),
    "api-practice-answers": Row("practice", post=OWN, sends={"number": 2}),
    "api-practice-end": Row("practice", post=OWN),
    "api-answer-results": Row(get=ANYBODY),
    "api-team-results": Row(get=ANYBODY),
    "api-one-teams-results": Row("team", get=LED),
}
