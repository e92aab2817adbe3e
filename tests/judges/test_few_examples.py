"""What an editor adds works from a few examples. Written by ourselves: a gate, not evidence."""

from __future__ import annotations

import numpy as np
import pytest

from enablement.evaluation.metrics import macro_f1, precision_recall
from enablement.judges.adapter_files import Task
from enablement.judges.adapters import task_known_to
from enablement.judges.linear import fit_all
from enablement.judges.training import ENTRY_PENALTY, SIGNAL_PENALTY
from enablement.judges.vectors import learnt_vectors
from tests.judges import few_examples

OUTCOMES = {
    "sign-in": (True, False),
    "rights": (False, True),
    "both": (True, True),
    "neither": (False, False),
}


@pytest.mark.usefixtures("encoder")
def test_a_new_distinction_sorts_from_eight_statements_an_outcome() -> None:
    texts = [text for some in few_examples.SIGN_IN_STATEMENTS.values() for text in some]
    labels = np.array(
        [OUTCOMES[name] for name, some in few_examples.SIGN_IN_STATEMENTS.items() for _ in some]
    )
    task = task_known_to(Task.SORTING, texts)
    fitted = fit_all(learnt_vectors(texts, task), labels, range(len(texts)), penalty=SIGNAL_PENALTY)
    truth = [name for name, some in few_examples.SIGN_IN_FRESH.items() for _ in some]
    fresh = learnt_vectors([text for some in few_examples.SIGN_IN_FRESH.values() for text in some], task)
    shown = np.stack([head.probabilities(fresh) >= 0.5 for head in fitted.regressions], axis=1)
    names = {signals: name for name, signals in OUTCOMES.items()}
    guesses = [names[bool(first), bool(second)] for first, second in shown]
    assert macro_f1(truth, guesses, list(OUTCOMES)) >= 0.75


@pytest.mark.usefixtures("encoder")
def test_a_new_guide_entry_works_from_five_and_five_phrasings() -> None:
    texts = [*few_examples.CERTIFIED_BREAKS, *few_examples.CERTIFIED_FINE]
    labels = np.arange(len(texts))[:, None] < len(few_examples.CERTIFIED_BREAKS)
    fitted = fit_all(learnt_vectors(texts, Task.WORDING), labels, range(len(texts)), penalty=ENTRY_PENALTY)
    fresh = [*few_examples.CERTIFIED_FRESH_BREAKS, *few_examples.CERTIFIED_FRESH_FINE]
    flagged = fitted.regressions[0].probabilities(learnt_vectors(fresh, Task.WORDING)) >= 0.5
    true = len(few_examples.CERTIFIED_FRESH_BREAKS)
    figures = precision_recall(int(flagged[:true].sum()), int(flagged.sum()), true)
    assert figures["f1"] >= 0.80
