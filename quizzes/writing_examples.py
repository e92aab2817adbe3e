"""A question of each kind to begin from."""

from __future__ import annotations

from typing import Final

from quizzes.kinds import QuestionKind

_HEAD = "slug: give-it-a-name\nkind: {kind}\ntopic: a-topic\ndifficulty: middle\nprompt: What do you ask?\n"
_TAIL = "explanation: Say why, in two sentences that teach.\n"
_WRITTEN = """\
model_answer: What a good answer says.
checks:
  - {name: first-point, title: Says the first point, says: [A sentence that says it.]}
  - {name: second-point, title: Says the second point, says: [A sentence that says it.]}
  - {name: third-point, title: Says the third point, says: [A sentence that says it.]}
must_not_say: [What must not be said.]
bench:
  - {text: A sample that says everything, met: [first-point, second-point, third-point]}
  - {text: A second sample, met: [first-point]}
  - {text: A third sample, met: [second-point]}
  - {text: A fourth sample, met: [third-point]}
  - {text: A fifth sample, met: []}
  - {text: A sixth sample, met: []}
  - {text: A seventh sample, met: []}
  - {text: An eighth sample that says what must not be said, met: [], breaks: true}
"""
_OPTIONS = """\
options:
  - {text: A right one, correct: true}
  - {text: A wrong one, misconception: What somebody believes who chose it.}
  - {text: Another one, misconception: What somebody believes who chose it.}
"""
_OWN: dict[QuestionKind, str] = {
    QuestionKind.ONE_CHOICE: _OPTIONS,
    QuestionKind.SEVERAL_CHOICES: _OPTIONS,
    QuestionKind.SORT: """\
distinction: slug-of-the-distinction
outcome: the-right-outcome
misconceptions:
  another-outcome: What somebody believes who chose it.
""",
    QuestionKind.CHEAPEST_STEP: """\
ladder: slug-of-the-ladder
step: slug-of-the-right-step
misconceptions:
  another-step: What somebody believes who chose it.
""",
    QuestionKind.PUT_IN_ORDER: "steps: [What comes first, What comes next, What comes last]\n",
    QuestionKind.MARK_WORDS: """\
phrases:
  - {text: What may be said}
  - {text: what must not be said, must_go: true, why: Why it must go.}
  - {text: and how it ends.}
""",
    QuestionKind.FLIP_PAIR: """\
answers: [The first answer, The second answer, A third one]
stories:
  - {text: The first story., answer: The first answer, why: Why.}
  - {text: The same with one fact changed., answer: The second answer, why: Why.}
""",
    QuestionKind.REWRITE: _WRITTEN,
    QuestionKind.FREE_TEXT: _WRITTEN,
    QuestionKind.ANALOGY_BREAK: _WRITTEN,
}

EXAMPLES: Final = {kind.value: _HEAD.format(kind=kind.value) + own + _TAIL for kind, own in _OWN.items()}
