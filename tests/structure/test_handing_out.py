"""How a run in parallel deals out the tests."""

from __future__ import annotations

from tests.handing_out import parts


def test_a_file_is_handed_out_whole_and_what_of_it_comes_later_apart() -> None:
    dealt = parts(["a.py::one", "a.py::two[x]", "b.py::one", "a.py::later"])
    assert dealt["a.py::one"] == dealt["a.py::two[x]"]
    assert len(set(dealt.values())) == 3


def test_the_journeys_go_through_one_site() -> None:
    assert len(set(parts(["tests/journeys/test_a.py::one", "tests/journeys/test_b.py::one"]).values())) == 1
