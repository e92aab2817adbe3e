"""What the knowledge base holds about people."""

from __future__ import annotations

from typing import Final

from enablement.personal.holdings import Fate, Holding

HOLDINGS: Final = (
    Holding("enablement.Gap", "turn__conversation__person", "questions that had no answer", Fate.GONE),
    Holding("enablement.Feedback", "turn__conversation__person", "what they said about answers", Fate.GONE),
    Holding("enablement.Citation", "turn__conversation__person", "sources of their answers", Fate.GONE),
    Holding("enablement.SlackThread", "person", "threads with the bot", Fate.GONE),
    Holding("enablement.Turn", "conversation__person", "questions and answers", Fate.GONE),
    Holding("enablement.Conversation", "person", "conversations", Fate.GONE),
    Holding("enablement.KeptResponse", "person", "answers of the API, kept for repeated calls", Fate.GONE),
    Holding("enablement.ApiToken", "person", "API tokens", Fate.GONE, secret=("digest",)),
    Holding(
        "enablement.BrowserSession",
        "person",
        "browsers they are signed in with",
        Fate.GONE,
        secret=("session_key",),
    ),
    Holding("enablement.Identity", "person", "who they are at the provider", Fate.GONE),
    Holding("enablement.Invitation", "person", "invitations", Fate.GONE, secret=("digest",)),
    Holding("enablement.Invitation", "made_by", "invitations they made", Fate.KEPT, secret=("digest",)),
    Holding("enablement.SlackLink", "person", "the linked Slack account", Fate.GONE),
    Holding("enablement.SlackLinkCode", "person", "a code to link Slack", Fate.GONE, secret=("digest",)),
    Holding("enablement.CardOpening", "person", "cards they opened", Fate.GONE),
    Holding("enablement.Pin", "person", "pieces they pinned", Fate.GONE),
    Holding("enablement.Notice", "person", "messages to them", Fate.GONE),
    Holding("enablement.Delivery", "person", "lines they were given", Fate.GONE),
    Holding("enablement.Membership", "person", "teams they are in", Fate.GONE),
    Holding("enablement.ModelCall", "person", "what their questions cost", Fate.KEPT),
    Holding("enablement.Flag", "person", "lines they flagged", Fate.EMPTIED, {"note": ""}),
    Holding(
        "enablement.Flag", "closed_by", "flags they answered", Fate.EMPTIED, {"answer": ""}, secret=("note",)
    ),
    Holding("enablement.Gap", "assignee", "gaps given to them", Fate.UNOWNED, secret=("question",)),
    Holding("enablement.Ownership", "person", "pieces they answer for", Fate.UNOWNED),
    Holding("enablement.FixedAnswer", "owner", "fixed answers they answer for", Fate.UNOWNED),
    Holding("enablement.Verification", "person", "pieces they vouched for", Fate.EMPTIED, {"note": ""}),
    Holding("enablement.PutOffStep", "by", "first steps they put off", Fate.KEPT),
    Holding("enablement.Recall", "by", "lines they took back", Fate.KEPT),
    Holding("enablement.ImportJob", "person", "documents they handed in", Fate.KEPT, secret=("data",)),
    Holding(
        "enablement.DocumentVersion",
        "added_by",
        "versions of documents they added",
        Fate.KEPT,
        secret=("text",),
    ),
    Holding("enablement.Draft", "decided_by", "drafts they decided on", Fate.KEPT, secret=("spans",)),
    Holding("enablement.Revision", "author", "content they wrote", Fate.KEPT),
    Holding("enablement.Revision", "reviewer", "reviews they gave", Fate.EMPTIED, {"review_note": ""}),
    Holding("enablement.AuditEvent", "actor", "what they did, in the audit", Fate.KEPT),
)

# Content and machinery: nobody is named in it.
NOBODY: Final = (
    *("enablement.Analogy", "enablement.AnalogyPoint", "enablement.Card", "enablement.Collection"),
    *("enablement.Comparison", "enablement.DecisionQuestion", "enablement.Disagreement"),
    *(
        "enablement.Distinction",
        "enablement.Fit",
        "enablement.GroupRule",
        "enablement.GuideEntry",
        "enablement.Head",
    ),
    *("enablement.Ladder", "enablement.LadderStep", "enablement.Lesson", "enablement.Lexeme"),
    *("enablement.Outcome", "enablement.Passage", "enablement.Phrasing", "enablement.Position"),
    *("enablement.Reading", "enablement.Script", "enablement.Signal", "enablement.SlackRequest"),
    *("enablement.Source", "enablement.SourcePassage", "enablement.Statement", "enablement.Synonym"),
    *("enablement.Team", "enablement.Term", "enablement.Trait"),
    # Its arguments are ids, and gone once the work is done; a person's are deleted (erasing.py).
    "enablement.Work",
)
