"""What the bot says besides answers."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

LOOKING = {
    "ask": "Looking it up…",
    "sort": "Sorting it…",
    "check": "Checking it…",
}
HELP = "\n".join(
    [
        "/dosay and a question: an answer with its sources",
        "/dosay sort and what the buyer said: what kind of problem it is, and what to ask next",
        "/dosay check and a draft: what the guide says about the wording",
        "/dosay quiz: a question of today’s practice",
        "/dosay unlink: this Slack account no longer belongs to your account",
        "In a message’s menu: check this wording, sort this, suggest a line.",
        "You can name the bot in a channel or write to it directly; it goes on in the thread for a day.",
        "Only you see the answers, unless you share one.",
    ]
)
NOT_COVERED = "The knowledge base does not cover this."
FAILED = "Something went wrong and there is no answer. Ask again in a moment, or ask on the site."
NO_WORDS = "There are no words in this message to look at."
NOT_YOURS = "This answer was given to somebody else. Ask the question yourself to have your own."
THANKS = "Thank you: that is kept with the answer."
HEARD = "Thank you: whoever answers for the first line of it hears of this, and you of what they say."
SUGGESTED = "The editors have it. You will hear what became of it."
SUGGEST_ON_SITE = "Slack did not open the form in time. It is on the site as well:"
HELP_SHORT = "Write to me here, or /dosay help anywhere, to see what I do."
SHARED_ALREADY = "This answer is in the channel already."
PIECE_GONE = "This piece is not there any more."
NOT_OWNED = "Only its owner can do this. Ask an editor to make you the owner."
EDITORS_ASKED = "The editors are asked to find another owner. Until then it is yours."
HAND_OVER_ON_SITE = "Slack did not open the form in time. Press the button again, or do it on the site:"
NOT_A_MEMBER = "Only members of this workspace can use Dosay, not guests and not people of other workspaces."
CANNOT_CONFIRM = "Slack does not say just now whose account this is, so there is no answer. Try again soon."
UNLINKED = "This Slack account is no longer linked. What you asked and practised stays with you on the site."
WAS_NOT_LINKED = "This Slack account is not linked."
LINKED_AWAY = "The account was unlinked before the answer came, so there is none."


def site_address(name: str) -> str:
    """Return the full address of a page of the site by its name."""
    return address(reverse(name))


def address(path: str) -> str:
    """Return the full address of a page of the site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def how_to_link() -> str:
    """What somebody reads whose Slack account is not linked."""
    return (
        "This Slack account is not linked to a person here yet. "
        f"Open {site_address('account')}, make a code, and write /dosay link and the code."
    )


def meant(word: str, command: str) -> str:
    """What somebody reads who wrote a word that is nearly a command."""
    return (
        f"There is no /dosay {word}. Did you mean /dosay {command}? To ask about the word, write a question: "
        f"/dosay what is {word}?"
    )


def linked(name: str) -> str:
    """What somebody reads who has just linked an account."""
    return f"Linked to {name}. Write /dosay help to see what you can do."


def text_missing(action: str) -> str:
    """What somebody reads who wrote `sort` or `check` and nothing after it."""
    what = "what the buyer said" if action == "sort" else "the draft"
    return f"Write {what} after /dosay {action}."
