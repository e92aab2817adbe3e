"""What can be told about lessons without a reader: gaps, dead links, repetition, hard reading, bare figures.

`check_lessons` is pure. That no line of our own breaks our own guide needs the encoder and stands in
`ownlines`.
"""

from enablement.lessons.lint.complaints import Complaint
from enablement.lessons.lint.rules import check_lessons
from enablement.lessons.lint.texts import Said, readable_texts

__all__ = ["Complaint", "Said", "check_lessons", "readable_texts"]
