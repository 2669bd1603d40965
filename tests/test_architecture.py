"""Imports go down only, and neighbours on a floor never import one another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "necbilan"

FLOORS = (
    {"errors"},
    {"tables", "vocabulary", "reference", "intervals", "style", "safe_cells"},
    # disclosure stands on reference: it must know which EPCI and région a commune is in,
    # or two tables of the same people would give back a group that each one hides
    {"markup", "model", "disclosure"},
    # exchange stands below sources, which reads the measures of the edition before
    {"exchange"},
    {"blocks", "sources", "metrics", "words"},
    {"figures"},
    {"sections", "comparison"},
    {"publishing"},
    {"cli"},
)
FLOOR = {part: number for number, floor in enumerate(FLOORS) for part in floor}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> set[str]:
    """The parts of necbilan that a file imports when it runs, wherever in the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found = set()
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module] + [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        parts = [name.split(".") for name in names]
        found |= {part[1] for part in parts if part[0] == "necbilan" and len(part) > 1}
    return found & FLOOR.keys() - {part_of(path)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_only_from_floors_below(path):
    here = FLOOR[part_of(path)]
    above = {part: FLOOR[part] for part in imports(path) if FLOOR[part] >= here}
    assert above == {}


def test_only_sources_and_what_publishes_may_hold_identifiers():
    holders = {part_of(path) for path in FILES if "Identifiers" in path.read_text(encoding="utf-8")}
    assert holders <= {"sources", "publishing"}


def test_nothing_past_sources_reads_a_spreadsheet():
    readers = ("read_csv", "read_excel", "load_workbook", "python_calamine", "xlrd")
    for path in FILES:
        if part_of(path) not in {"sources", "reference"}:
            code = path.read_text(encoding="utf-8")
            assert not [name for name in readers if name in code], path


def test_nothing_calls_the_network_and_nothing_unpickles():
    refused = {"socket", "urllib.request", "http", "requests", "httpx", "pickle", "shelve", "yaml"}
    allowed = {("publishing/locking.py", "socket")}  # the host's name, for the lock
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = (
                    [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                )
                for name in names:
                    here = (path.relative_to(PACKAGE).as_posix(), name)
                    assert name not in refused or here in allowed, here
