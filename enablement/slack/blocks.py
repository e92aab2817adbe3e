"""Answers, verdicts and findings as Slack messages (Block Kit), for the one who asked and nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from enablement.chat.shape import line_number
from enablement.judges.findings import Finding
from enablement.judges.sorting import Verdict
from enablement.models import FeedbackReason
from enablement.slack import texts
from enablement.slack.limits import (
    MAX_ACTION,
    MAX_BLOCKS,
    MAX_BUTTON,
    MAX_CHECKBOXES,
    MAX_CITATIONS,
    MAX_ECHO,
    MAX_FALLBACK,
    MAX_FINDINGS,
    MAX_HEADER,
    MAX_INPUT_LABEL,
    MAX_LINKS,
    MAX_OPTION,
    MAX_PLAIN_TEXT,
    MAX_QUOTE,
    MAX_SECTION,
)
from enablement.slack.markup import cut, escape, from_markdown, link

Block = dict[str, Any]
Message = dict[str, Any]

# What a button asks for; `FAILED` with a reason after a colon says why.
SHARE, HELPED, FAILED = "share_answer", "answer_helped", "answer_failed"
# What the name of a button that only opens a page begins with, and the name of what is chosen in a field.
OPENS, CHOSEN = "open", "chosen"

LEVELS = {"block": "Don’t say this", "warn": "Better not", "hint": "Worth a look"}


def notice(text: str) -> Message:
    """A message of one plain paragraph."""
    return _message(text, [section(escape(text))])


def answer_message(
    question: str, answer: Mapping[str, Any], path: str, note: str = "", turn: str = ""
) -> Message:
    """An answer in the contract's shape. `path` is the page that holds the whole of it.

    Where there is no answer, the note comes before that: it says what to do about it. With the id of its
    `turn`, there are buttons to share it and to say what one thinks of it.
    """
    noted, refused = [_context(note)] if note else [], answer["refused"]
    blocks = [_echo(question), *(noted if refused else [])]
    if answer["say"]:
        blocks.append(_say(answer["say"], line_number(answer)))
    text = answer["answer"] or (texts.NOT_COVERED if refused else "")
    if text:
        blocks.append(section(from_markdown(text), more=link(path, "Read all of it")))
    if refused:
        blocks += _links("Nearest to it:", [link(near["url"], near["title"]) for near in answer["nearest"]])
    blocks += [section(_citation(citation)) for citation in answer["citations"][:MAX_CITATIONS]]
    if len(answer["citations"]) > MAX_CITATIONS:
        blocks.append(section(link(path, "All sources")))
    blocks += [] if refused else noted
    if turn:
        blocks.append(_answer_buttons(turn, can_share=not answer["refused"]))
    return _message(answer["say"] or text, blocks)


def shared_message(question: str, answer: Mapping[str, Any], name: str) -> Message:
    """An answer for everybody in a channel: without the asker's own page and without buttons."""
    message = answer_message(question, answer, "/")
    message["blocks"].append(_context(f"Shared by {name}"))
    return message | {"response_type": "in_channel", "replace_original": False}


def reasons_message(turn: str) -> Message:
    """What is the matter with an answer: a button for each reason."""
    asked = "What is the matter with it?"
    buttons = [button(reason.label, f"{FAILED}:{reason.value}", turn) for reason in FeedbackReason]
    return _message(asked, [section(asked), {"type": "actions", "elements": buttons}])


def button(label: str, action: str, value: str) -> Block:
    """A button of a row."""
    return {"type": "button", "text": plain(label, MAX_BUTTON), "action_id": action, "value": value}


def link_button(label: str, name: str, path: str) -> Block:
    """A button that opens a page of this site. Slack tells of the press as well, which asks for nothing."""
    address = f"{settings.SITE_URL.rstrip('/')}{path}"
    return button(label, f"{OPENS}:{name}"[:MAX_ACTION], path) | {"url": address}


def actions(buttons: Sequence[Block]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def heading(text: str) -> Block:
    """A line over what follows."""
    return {"type": "header", "text": plain(text, MAX_HEADER)}


def chooser(name: str, label: str, options: Sequence[tuple[str, str]], *, several: bool) -> Block:
    """A field to choose in, of a message: boxes to tick, or a list. `options` are (value, words)."""
    kind = "static_select"
    if several:
        kind = "checkboxes" if len(options) <= MAX_CHECKBOXES else "multi_static_select"
    element = {
        "type": kind,
        "action_id": CHOSEN,
        "options": [{"text": plain(words, MAX_OPTION), "value": value} for value, words in options],
    }
    return {"type": "input", "block_id": name, "label": plain(label, MAX_INPUT_LABEL), "element": element}


def plain(text: str, limit: int) -> Block:
    """Text without markup."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def _answer_buttons(turn: str, *, can_share: bool) -> Block:
    buttons = [button("It helped", HELPED, turn), button("It did not", FAILED, turn)]
    if can_share:
        buttons.insert(0, button("Share in the channel", SHARE, turn))
    return {"type": "actions", "elements": buttons}


def verdict_message(statement: str, verdict: Verdict, path: str) -> Message:
    """A sorted statement: what it is, what to do, what to ask and what to say."""
    parts = [f"*{escape(verdict.title)}*", escape(verdict.meaning), from_markdown(verdict.remedy)]
    blocks = [_echo(statement), section("\n".join(filter(None, parts)))]
    if verdict.next_question:
        blocks.append(section(f"*Ask next*\n{_quoted(verdict.next_question)}"))
    if verdict.say:
        blocks.append(_say(verdict.say))
    if verdict.dont_say:
        blocks.append(section(f"*Don’t say*\n{_quoted(verdict.dont_say)}"))
    heard = [f"{evidence.signal}: “{' '.join(evidence.quote.split())}”" for evidence in verdict.evidence]
    if heard:
        blocks.append(_context("Heard in it: " + "; ".join(heard)))
    links = [link(card.url, card.title) for card in verdict.cards]
    blocks += _links("Read on:", [link(path, "How this is told apart"), *links])
    return _message(verdict.title, blocks)


def findings_message(draft: str, findings: Sequence[Finding], path: str) -> Message:
    """What the guide says about a draft. `path` is the page that checks a draft."""
    if not findings:
        text = "Nothing in this draft goes against the guide."
        return _message(text, [_echo(draft), section(text)])
    blocks = [_echo(draft)]
    for finding in findings[:MAX_FINDINGS]:
        blocks.append(_finding(finding))
    if len(findings) > MAX_FINDINGS:
        left = len(findings) - MAX_FINDINGS
        blocks.append(section(f"{left} more. {link(path, 'Check the draft on the site')}"))
    return _message("The guide has something to say about this draft.", blocks)


def section(escaped: str, more: str = "") -> Block:
    """A section of at most 3,000 characters; what is cut is pointed to by the link `more`.

    `verbatim`: Slack must not look for addresses and names in the text by itself.
    """
    ending = f"… {more}" if more else "…"
    text = cut(escaped, MAX_SECTION, ending)
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _message(fallback: str, blocks: Sequence[Block]) -> Message:
    """Only for the person who asked (`ephemeral`), and no address in it is fetched for a preview."""
    return {
        "response_type": "ephemeral",
        "replace_original": False,
        "unfurl_links": False,
        "unfurl_media": False,
        "text": cut(escape(fallback), MAX_FALLBACK),
        "blocks": list(blocks)[:MAX_BLOCKS],
    }


def _echo(text: str) -> Block:
    """What was asked, so that several answers at once can be told apart."""
    return _context("“" + cut(" ".join(text.split()), MAX_ECHO) + "”")


def _context(text: str) -> Block:
    plain = {"type": "plain_text", "text": cut(text, MAX_PLAIN_TEXT), "emoji": False}
    return {"type": "context", "elements": [plain]}


def _say(line: str, number: str = "") -> Block:
    """A line to be said. The number of its source stands beside the label: it is not said."""
    return section(f"{f'*Say* {number}'.rstrip()}\n{_quoted(line)}")


def _quoted(text: str) -> str:
    # The quote mark is Slack's markup, so it goes before what has been escaped.
    return "\n".join(f">{line}" for line in from_markdown(text).splitlines())


def _links(heading: str, links: Sequence[str]) -> list[Block]:
    """No more than always fit whole: a link that is cut is no link."""
    if not links:
        return []
    return [section("\n".join([heading, *(f"• {one}" for one in links[:MAX_LINKS])]))]


def _citation(citation: Mapping[str, Any]) -> str:
    quote = cut(escape(" ".join(citation["quote"].split())), MAX_QUOTE)
    return f"[{citation['n']}] {link(citation['url'], citation['title'])}\n>{quote}"


def _finding(finding: Finding) -> Block:
    quote = cut(escape(" ".join(finding.quote.split())), MAX_QUOTE)
    parts = [
        f"*{LEVELS[finding.level]}*: “{quote}”",
        f"*Say instead*\n{_quoted(finding.say)}",
        from_markdown(finding.why),
    ]
    entry = link(finding.url, "Read the entry")
    return section(cut("\n".join(parts), MAX_SECTION - len(entry) - 1) + f"\n{entry}")
