"""The fitted answer check that comes with the product: plain numbers, and what they were made from.

The rows that it learnt from are other people's and are not kept; the file names them, their licences and
the hash of the rows. A file whose features or fitting code have changed since is refused.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from enablement.judges.adapter_files import ANSWER_TASKS, shipped_adapter
from enablement.judges.answer_features import FEATURES
from enablement.judges.answer_model import AnswerModel
from enablement.judges.answer_words import answer_words

PATH = Path(__file__).with_name("shipped_answers.json")
# What is said in more words than this is an essay.
SENTENCE_WORDS = 30
# Beside FEATURES, by the adapters: the cosine of the adapted vectors of a piece and a way to say it, and the
# log odds of the two read together.
LEARNT = ("likeness", "reading")
CHECKS = ("sentence", "essay", "plain")
THRESHOLDS = ("met_from", "unsure_from", "sure_from")
CODE = ("answer_features.py", "answer_model.py", "answer_words.py")
ATTRIBUTION = (
    "Beetle: SemEval-2013 Task 7 (Dzikovska et al. 2013), CC BY-SA 3.0",
    "SAF: Short Answer Feedback, communication networks (Filighera et al. 2022), MIT",
)


class StaleCheck(RuntimeError):
    """The shipped answer check does not belong to this code. The message says what to do."""


@dataclass(frozen=True, slots=True)
class FittedCheck:
    """A fitted model and its thresholds: met from `met_from`; a person decides between the other two."""

    model: AnswerModel
    met_from: float
    unsure_from: float
    sure_from: float


@dataclass(frozen=True, slots=True)
class AnswerCheck:
    """Fitted checks: for what is said in a sentence, by the adapters; for what takes an essay to say; and for
    sentences where the encoder is one that the adapters do not fit.

    An answer covers a sentence or does not; of an essay it covers a part. One model for both judges both
    worse (docs/grading.md).
    """

    sentence: FittedCheck
    essay: FittedCheck
    plain: FittedCheck
    digest: str = ""

    def fitting(self, says: Sequence[str], *, adapted: bool) -> FittedCheck:
        """The one for what a good answer says, by the shortest way to say it."""
        if is_essay(says):
            return self.essay
        return self.sentence if adapted else self.plain


def is_essay(says: Sequence[str]) -> bool:
    """Whether even the shortest way to say it has more than SENTENCE_WORDS words."""
    return min(len(answer_words(way).all) for way in says) > SENTENCE_WORDS


@functools.cache
def shipped_check() -> AnswerCheck:
    """Return the check that comes with the product. Raises StaleCheck."""
    kept = json.loads(PATH.read_text(encoding="utf-8"))
    if any(kept[name] != value for name, value in _fits_to().items()):
        raise StaleCheck(
            "The answer check was fitted by other code or other adapters than these. "
            "Run manage.py train_judges --grading DIR."
        )
    digest = hashlib.sha256(PATH.read_bytes()).hexdigest()[:12]
    return AnswerCheck(**{name: _read_fitted(kept[name]) for name in CHECKS}, digest=digest)


def save_check(check: AnswerCheck, *, rows_hash: str, figures: dict[str, Any]) -> None:
    """Write the file that is shipped. Rounded to six digits, so that two machines agree."""
    kept = {
        "learnt_from": ATTRIBUTION,
        "rows_hash": rows_hash,
        **_fits_to(),
        "figures": figures,
        **{name: _kept_fitted(getattr(check, name)) for name in CHECKS},
    }
    PATH.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    shipped_check.cache_clear()


def _fits_to() -> dict[str, Any]:
    """What the file belongs to: code, features and adapter as they are now."""
    adapters = [shipped_adapter(task) for task in ANSWER_TASKS]
    return {
        "code_hash": code_hash(),
        "adapter_hashes": [adapter.file_hash if adapter else "" for adapter in adapters],
        "features": [*FEATURES, *LEARNT],
    }


def _read_fitted(kept: dict[str, Any]) -> FittedCheck:
    return FittedCheck(
        AnswerModel(
            centre=np.array(kept["centre"]),
            spread=np.array(kept["spread"]),
            weights=np.array(kept["weights"]),
            bias=kept["bias"],
        ),
        **{name: kept[name] for name in THRESHOLDS},
    )


def _kept_fitted(check: FittedCheck) -> dict[str, Any]:
    model = {
        name: [round(float(number), 6) for number in values]
        for name, values in asdict(check.model).items()
        if name != "bias"
    }
    thresholds = {name: round(getattr(check, name), 4) for name in THRESHOLDS}
    return {**thresholds, **model, "bias": round(check.model.bias, 6)}


def rows_hash(rows: Iterable[Sequence[str]]) -> str:
    """Return a SHA-256 over rows of texts, whatever their order."""
    return hashlib.sha256("\x01".join(sorted("\x00".join(row) for row in rows)).encode()).hexdigest()


def code_hash() -> str:
    """Return a SHA-256 over the code that makes features and fits."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in CODE)).hexdigest()
