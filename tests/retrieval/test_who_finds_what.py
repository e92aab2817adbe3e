"""Over any layout of lessons, teams and states: everybody finds what they may see and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enablement.models import Lesson, Passage, Person, State, Team
from enablement.retrieval.candidates import Filters, candidates
from enablement.retrieval.lexical import refresh_lexical_index

LESSONS = st.lists(
    st.tuples(st.sampled_from(State), st.sets(st.sampled_from(["north", "south"]))), min_size=1, max_size=5
)
VECTOR = [1.0] + [0.0] * 383


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(layout=LESSONS, kinds=st.sampled_from([(), ("card",)]), exact=st.sampled_from([0, 5_000]))
def test_everybody_finds_what_they_may_see_and_nothing_else(
    layout: list[tuple[State, set[str]]],
    kinds: tuple[str, ...],
    exact: int,
    ada: Person,
    zoe: Person,
    eve: Person,
    nia: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # With nothing compared one by one, the graph index is walked instead.
    monkeypatch.setattr("enablement.retrieval.candidates.EXACT", exact)
    Lesson.objects.all().delete()
    for at, (state, teams) in enumerate(layout):
        lesson = Lesson.objects.create(slug=f"lesson-{at}", title="Any", state=state)
        lesson.teams.set(Team.objects.filter(slug__in=teams))
        for kind in ("card", "script"):
            Passage.objects.create(
                lesson=lesson, key=f"{kind}:{at}", kind=kind, slug="s", text="hinge", dense=VECTOR
            )
    refresh_lexical_index()
    for person, team in ((ada, "north"), (zoe, "south"), (eve, ""), (nia, None)):
        allowed = {
            f"{kind}:{at}"
            for at, (state, teams) in enumerate(layout)
            for kind in kinds or ("card", "script")
            if state == State.RELEASED and (team is None or not teams or team in teams)
        }
        rows = candidates("hinge", VECTOR, person, Filters(kinds=kinds))
        for arm in ("lexical", "dense"):
            assert {row["key"] for row in rows if row[f"in_{arm}"]} == allowed
