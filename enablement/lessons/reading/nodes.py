"""The questions of a decision tree while its lines are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from enablement.lessons.reading.blocks import Block
from enablement.lessons.reading.drafts import Span
from enablement.lessons.reading.outline import Section

MAX_OPEN = 32
NUMBER = re.compile(r"(?:[Qq]uestion |[Ss]tep |Q)?(\d{1,2})[.):]?\s")
GO_TO = re.compile(
    r"(?:then )?(?:go (?:on )?(?:to|with)|ask|see|continue (?:with|at|to)|next is|on to|→)?\s*"
    r"(?:question|step|no\.|number|q|#)?\s*(?P<number>\d{1,2})\.?$",
    re.I,
)


@dataclass(slots=True)
class Node:
    """A question while its ways are gathered. `texts` and `leads_to` are keyed by yes and no."""

    text: str
    span: Span
    depth: int
    blocks: list[Block]
    heading: Section | None = None
    texts: dict[str, list[str]] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    leads_to: dict[str, Node] = field(default_factory=dict)
    slug: str = ""
    number: int = 0

    @property
    def reach(self) -> Span:
        """From the question to the last line of its ways."""
        places = [self.span, *self.spans.values(), *(block.span for block in self.blocks)]
        return min(place[0] for place in places), max(place[1] for place in places)


@dataclass(slots=True)
class Walk:
    """The state while a tree's lines are read from top to bottom."""

    nodes: list[Node] = field(default_factory=list)
    open_way: tuple[Node, str] | None = None
    last_way: tuple[Node, str] | None = None
    is_indented: bool = False

    def lead_on(self, text: str, span: Span, depth: int, blocks: list[Block]) -> None:
        """Let the open way lead to another question, or to what to do."""
        assert self.open_way is not None
        node, answer = self.open_way
        if text.endswith("?"):
            # A question on its way's own line has that line's depth, so its own ways stand deeper.
            node.leads_to[answer] = Node(text, span, depth, blocks)
            self.nodes.append(node.leads_to[answer])
            self.last_way = None
        else:
            node.texts[answer].append(text)
            node.spans[answer] = (node.spans[answer][0], span[1])
        self.open_way = None

    def last_asking(self, answer: str, depth: int) -> Node | None:
        """Return the last question that has no such way yet; in an indented tree, one less deep than it.

        Only the last questions can still be open: a page of stray yes and no must not cost its square.
        """
        recent = self.nodes[-MAX_OPEN:]
        above = [node for node in recent if not self.is_indented or node.depth < depth]
        return next((node for node in reversed(above) if answer not in node.spans), None)


def number_nodes(source: str, nodes: list[Node]) -> None:
    """Give each question of a tree its number: the one that is written before it, else its place."""
    for place, node in enumerate(nodes, 1):
        line = source.rfind("\n", 0, node.span[0]) + 1
        written = NUMBER.search(source[line : node.span[0]])
        node.number = int(written[1]) if written else place


def follow_numbers(node: Node, others: list[Node]) -> None:
    """Let a way that says “go to question 2” lead to that question."""
    for answer, texts in node.texts.items():
        match = GO_TO.fullmatch(texts[-1]) if texts and answer not in node.leads_to else None
        aimed = [other for other in others if match and other.number == int(match["number"])]
        after = next((other for other in aimed if other.span[0] > node.span[0]), None)
        if after is not None:
            node.leads_to[answer] = after
            texts.pop()
