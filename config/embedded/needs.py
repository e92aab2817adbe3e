"""Which servers a command of manage.py needs."""

from __future__ import annotations

from collections.abc import Sequence

from config.embedded.servers import Server

NOTHING: frozenset[Server] = frozenset()
DATABASE = frozenset({Server.DATABASE})
WITH_ENCODER = frozenset({Server.DATABASE, Server.ENCODER})

# `run` starts its own; `doctor` reports what is running and must not change it.
NEEDS: dict[str, frozenset[Server]] = {
    "help": NOTHING,
    "version": NOTHING,
    "check": NOTHING,
    "run": NOTHING,
    "doctor": NOTHING,
    "makemessages": NOTHING,
    "compilemessages": NOTHING,
    "startapp": NOTHING,
    "startproject": NOTHING,
    "findstatic": NOTHING,
    "collectstatic": NOTHING,
    "diffsettings": NOTHING,
    "spectacular": NOTHING,
    "ask": WITH_ENCODER,
    "search": WITH_ENCODER,
    "sort_problem": WITH_ENCODER,
    "check_wording": WITH_ENCODER,
    "import_lesson": WITH_ENCODER,
    "load_lessons": WITH_ENCODER,
    "lint_content": WITH_ENCODER,
    "check_interface": WITH_ENCODER,
    "reindex": WITH_ENCODER,
    "train_judges": WITH_ENCODER,
    "evaluate": WITH_ENCODER,
    # These fit the heads several times over, and Redis keeps the vectors in between.
    "judge_figures": frozenset(Server),
    "benchmark": frozenset(Server),
    "benchmark_answers": frozenset({Server.DATABASE, Server.REDIS}),
    "benchmark_team": frozenset({Server.DATABASE, Server.REDIS}),
    "grade_bench": WITH_ENCODER,
    "grade_attacks": WITH_ENCODER,
    "grade_clean": WITH_ENCODER,
    "benchmark_grading": WITH_ENCODER,
    "compare_documents": WITH_ENCODER,
    "fit_gate": WITH_ENCODER,
    "restore": frozenset({Server.DATABASE, Server.REDIS}),
}


# Follow-up work of loading goes to the worker, and most of the lint needs no encoder. Everything else that
# encodes does so while the person waits.
DO_NOT_WAIT = frozenset({"load_lessons", "lint_content"})


def servers_needed(arguments: Sequence[str]) -> frozenset[Server]:
    """Return what a command line (`manage.py NAME …`) needs: the database, where the table says nothing."""
    name = arguments[1] if len(arguments) > 1 else "help"
    if name.startswith("-") or {"--help", "-h", "--version"} & set(arguments[2:]):
        return NOTHING
    return NEEDS.get(name, DATABASE)


def waits_for_encoder(arguments: Sequence[str]) -> bool:
    """Whether a command line can begin only when the encoder has loaded."""
    return Server.ENCODER in servers_needed(arguments) and arguments[1] not in DO_NOT_WAIT
