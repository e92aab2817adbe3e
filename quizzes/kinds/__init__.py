"""The kinds of questions: how each is asked, answered and graded. Pure: no database, no clock.

What can be chosen in a question has a name. In a question with parts (two stories, steps to put in order) a
name is `part:choice`, and one choice is made for each part.
"""

from quizzes.kinds.question_kinds import ONE_PRESS, QuestionKind
from quizzes.kinds.rules import OPTION_NAMES, PART_END, Rules, part_of, parts_in

__all__ = ["ONE_PRESS", "OPTION_NAMES", "PART_END", "QuestionKind", "Rules", "part_of", "parts_in"]
