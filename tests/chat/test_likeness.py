"""What like questions say, and near duplicates that are kept together."""

from __future__ import annotations

import numpy as np

from enablement.chat.gate.grouping import folds_of, groups_of
from enablement.chat.gate.likeness import Known, learn

GENERATOR = np.random.default_rng(5)
VECTORS = GENERATOR.normal(size=(40, 16)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
FIGURES = GENERATOR.normal(size=(40, 3)).astype(np.float32)
LABELS = np.arange(40) % 2 == 0


def test_a_question_speaks_for_what_its_likes_were() -> None:
    likeness = learn(Known(VECTORS, FIGURES), LABELS)
    says = [likeness.says(vector, figures) for vector, figures in zip(VECTORS, FIGURES, strict=True)]
    assert [said > 0 for said in says] == LABELS.tolist()
    assert np.allclose([likeness.times(3).says(VECTORS[0], FIGURES[0])], 3 * says[0], rtol=1e-4)


def test_the_same_words_with_other_figures_are_less_alike() -> None:
    known = Known(VECTORS, FIGURES)
    same, other = (known.alike(VECTORS[:1], FIGURES[:1] + shift)[0, 0] for shift in (0, 2))
    assert np.isclose(same, 1, atol=1e-4)
    assert other < same


def test_near_duplicates_share_a_group_and_a_fold() -> None:
    cosines = np.eye(6, dtype=np.float32)
    cosines[0, 2] = cosines[2, 0] = cosines[2, 4] = cosines[4, 2] = 0.9
    groups = groups_of(cosines)
    assert groups.tolist() == [0, 1, 0, 2, 0, 3]
    folds = folds_of(groups, 2)
    assert folds[0] == folds[2] == folds[4]
    assert np.bincount(folds).tolist() == [3, 3]
