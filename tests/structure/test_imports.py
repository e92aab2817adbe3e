"""Imports go one way, and only at the top of a file."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
FIRST_PARTY = ("config", "enablement", "quizzes")

# A module may import from its own layer and from those before it. The first match decides.
LAYERS = (
    ("pure", ("enablement.lessons.schema", "enablement.lessons.folder", "enablement.lessons.yaml_lines")),
    (
        "pure",
        (
            "enablement.lessons.reading",
            "enablement.retrieval.fusion",
            "enablement.evaluation.metrics",
            "enablement.judges.reading",
            "enablement.judges.language_tags",
            "enablement.judges.languages",
            "enablement.judges.examples",
            "enablement.judges.answer_features",
            "enablement.judges.answer_model",
            "enablement.judges.answer_words",
            "enablement.judges.judgements",
            "enablement.judges.text_pairs",
            "enablement.sentences",
            "enablement.words",
            "enablement.meters",
            "enablement.numbers",
        ),
    ),
    (
        "pure",
        (
            "enablement.retrieval.quotes",
            "enablement.judges.linear",
            "enablement.texts",
            "enablement.markup",
            "enablement.not_now",
            "enablement.origins",
            "enablement.chat.masks",
            "enablement.in_turn",
            "enablement.spreadsheet",
            "enablement.web_addresses",
        ),
    ),
    ("models", ("enablement.models", "enablement.migrations")),
    (
        "records",
        (
            "enablement.outbox",
            "enablement.own_forms",
            "enablement.audit",
            "enablement.deliveries",
            "enablement.demo",
            "enablement.personal",
            "enablement.roles",
        ),
    ),
    ("judgement", ("enablement.retrieval", "enablement.judges", "enablement.lessons", "enablement.trust")),
    ("chat", ("enablement.chat",)),
    ("edges", ("enablement",)),
)
# Run as programs, never imported by the site.
HEAVY = {
    f"enablement.judges.{name}"
    for name in (
        *("encoder_server", "adapter_training", "adapting", "lowrank", "pooling"),
        *("answer_adapter_training", "answer_adapting", "text_reader"),
    )
}
ORDER = ["pure", "models", "records", "judgement", "chat", "edges"]


def layer_of(module: str) -> str:
    for layer, names in LAYERS:
        if any(module == name or module.startswith(f"{name}.") for name in names):
            return layer
    raise AssertionError(f"{module} belongs to no layer")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*FIRST_PARTY, cache_dir=None)


def test_a_layer_imports_only_from_those_before_it(graph: grimp.ImportGraph) -> None:
    wrong = [
        f"{module} ({layer_of(module)}) imports {imported} ({layer_of(imported)})"
        for module in sorted(graph.modules)
        if module.startswith("enablement.")
        for imported in sorted(graph.find_modules_directly_imported_by(module))
        if imported.startswith("enablement.")
        and ORDER.index(layer_of(imported)) > ORDER.index(layer_of(module))
    ]
    assert wrong == []


def test_the_knowledge_base_does_not_know_the_quizzes(graph: grimp.ImportGraph) -> None:
    wrong = [
        f"{module} imports {imported}"
        for module in sorted(graph.modules)
        if module.startswith(("enablement", "config.")) and module != "config.urls"
        for imported in sorted(graph.find_modules_directly_imported_by(module))
        if imported.startswith("quizzes")
    ]
    assert wrong == []


def test_there_is_no_circle_of_imports(graph: grimp.ImportGraph) -> None:
    circles = [
        (module, imported)
        for module in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(module))
        if graph.chain_exists(importer=imported, imported=module)
    ]
    assert circles == []


def sources() -> list[Path]:
    return [path for package in FIRST_PARTY for path in sorted((ROOT / package).rglob("*.py"))]


def test_nothing_of_ours_is_imported_inside_a_function() -> None:
    wrong = []
    for path in sources():
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                    names += [node.module or "."] if isinstance(node, ast.ImportFrom) else []
                    wrong += [f"{path}: {name}" for name in names if name.split(".")[0] in (*FIRST_PARTY, "")]
    assert wrong == []


def test_no_file_is_named_for_nothing() -> None:
    forbidden = {"utils", "helpers", "common", "base", "services"}
    assert [path for path in sources() if path.stem in forbidden] == []


def test_the_web_process_never_imports_torch(graph: grimp.ImportGraph) -> None:
    """The encoder's server and the training of its adapters do, in processes of their own."""
    imports = re.compile(r"^\s*(?:import|from) (?:torch|sentence_transformers)\b", re.MULTILINE)
    heavy = {path for path in sources() if imports.search(path.read_text(encoding="utf-8"))}
    names = {f"enablement.judges.{path.stem}" for path in heavy}
    importers = {importer for name in names for importer in graph.find_downstream_modules(name)}
    assert names | importers == HEAVY


# Loaded when they are first needed, which a site may never do: each takes a start 0.05 s and more.
LATE = {"jwt", "openai", "slack_sdk"}


def test_what_a_first_page_does_not_need_is_loaded_when_it_is_needed() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if name.split(".")[0] in LATE
    ]
    assert wrong == []


def test_who_may_what_is_asked_of_one_module() -> None:
    """Roles are read by the models, which say who sees what, and by enablement/roles.py; nowhere else."""
    readers = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for application in FIRST_PARTY
        for path in sorted((ROOT / application).rglob("*.py"))
        if "models" not in path.parts and path != ROOT / "enablement" / "roles.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("is_editor", "is_manager", "is_admin")
    }
    assert not readers
