"""The door says what is public, costs nothing to open, and the documentation runs."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import necbilan as nec
from necbilan.cli import main
from necbilan.metrics.catalogue import METRICS
from necbilan.sources.event.file import read_event
from necbilan.vocabulary import read as vocabulary
from necbilan.words.language import LANGUAGES, language

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^(?P<margin> *)```(?P<kind>\w+)\n(?P<code>.*?)^ *```$", re.M | re.S)
HEAVY = ("pandas", "numpy", "matplotlib", "openpyxl", "nbconvert", "papermill", "typst")


class Fence(NamedTuple):
    """A block of code of a document."""

    document: str
    kind: str
    code: str


def fences(*kinds: str) -> list[Fence]:
    """What «python» holds is run; «py» needs what no test has, a cluster: it is only shown."""
    return [
        Fence(path.name, found["kind"], textwrap.dedent(found["code"]))
        for path in DOCUMENTS
        for found in FENCE.finditer(path.read_text(encoding="utf-8"))
        if found["kind"] in kinds
    ]


def test_all_is_what_can_be_taken_through_the_door():
    tree = ast.parse(Path(nec.__file__).read_text(encoding="utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    named = [alias.name for node in checked.body for alias in node.names]  # type: ignore[attr-defined]  # only imports stand there
    assert sorted(named) == sorted(nec.__all__) == nec.__all__
    for name in nec.__all__:
        assert getattr(nec, name) is not None
        assert re.search(rf"\b{name}\b", nec.__doc__), name
    with pytest.raises(AttributeError):
        nec.Dossier  # noqa: B018  # the type has its own home, necbilan.model


def test_documents_and_notebooks_take_only_what_is_public():
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTS]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("*.ipynb")]
    taken = {name for text in texts for name in re.findall(r"\bnec\.(\w+)", text)}
    assert taken
    assert taken <= set(nec.__all__)


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert nec.__version__ == project["version"]


@pytest.mark.parametrize(
    "code",
    [
        "import necbilan",
        "from necbilan.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit: pass",
        "from necbilan.cli import main\nmain(['report'])",
    ],
    ids=["import", "help", "wrong usage"],
)
def test_the_door_and_the_help_load_nothing_heavy(code: str) -> None:
    heavy = f"import sys\nprint('loaded:', [m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{heavy}"], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize("document", sorted({fence.document for fence in fences("python")}))
def test_the_python_of_a_document_runs(
    document: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "data_samples", tmp_path / "data_samples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for fence in fences("python"):
        if fence.document == document:
            exec(compile(fence.code, document, "exec"), names)
    assert names


def test_what_the_documents_say_of_a_result_is_so():
    code = {fence.document: fence.code for fence in fences("python")}
    names: dict[str, object] = {}
    exec(code["analysts.md"], names)
    names["dossier"] = nec.load(ROOT / "data_samples" / "metz-2023")
    counted = names["first_hour"](names["dossier"])  # type: ignore[operator]  # a function of the document
    assert counted["value"].tolist() == [3]
    mean = re.search(r"# (\S+) to (\S+), mean (\S+)", code["methods.md"])
    assert mean is not None
    from necbilan.intervals import student_mean

    found = student_mean([5] * 17 + [4] * 33 + [3] * 6 + [2] * 2)
    assert [f"{bound:.2f}" for bound in (found.low, found.high)] == [mean[1], mean[2]]


def commands() -> Iterator[tuple[str, list[str]]]:
    """The commands of the documents' shell fences, without comments."""
    for fence in fences("sh"):
        for line in re.split(r"\n|&&", fence.code):
            words = shlex.split(line, comments=True)
            if words:
                yield fence.document, words


def test_every_necbilan_command_of_the_documents_runs(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "data_samples", tmp_path / "data_samples")
    for name in ("my-event", "mon-dossier", "mon-evenement"):
        shutil.copytree(ROOT / "data_samples" / "opale-2025", tmp_path / name)
    for name in ("my-events", "folder-of-events"):
        shutil.copytree(ROOT / "data_samples" / "opale-2025", tmp_path / name / "opale-2025")
    monkeypatch.chdir(tmp_path)
    ran: set[tuple[str, ...]] = set()
    for document, words in commands():
        if Path(words[0]).name != "necbilan":
            continue
        arguments = [
            argument
            for word in words[1:]
            for argument in (sorted(map(str, tmp_path.glob(word))) or [word])
        ]
        if tuple(arguments) not in ran:
            assert main(arguments) == 0, (document, words, capsys.readouterr().err)
            ran.add(tuple(arguments))
    assert len(ran) >= 5


def test_other_commands_of_the_documents_are_run_elsewhere():
    """Installing: .ci/run.  papermill and nbconvert: test_stock_tools.py."""
    known = {"necbilan", "python3", "python", "pip", "papermill", "jupyter", "pytest"}
    for document, words in commands():
        assert Path(words[0]).name in known | {"ruff", "mypy", ".ci"} or words[0].startswith(
            (".ci/", "benchmarks/", "tools/")
        ), (document, words)


def test_event_toml_of_the_guide_is_accepted(tmp_path):
    whole = "\n".join(
        fence.code for fence in fences("toml") if fence.document == "guide-organisateurs.md"
    )
    tables = re.split(r"(?m)^(?=\[)", whole)
    bare = [part for part in tables if not part.startswith("[")]
    assert len(bare) == 1
    (tmp_path / "event.toml").write_text(whole, encoding="utf-8")
    for name in ("inscriptions.csv", "reponses.csv"):
        (tmp_path / name).write_text("Nom\nEssai\n", encoding="utf-8")
    event = read_event(tmp_path).event
    assert event.name == "NEC Littoral 2024"
    assert event.declared["present"] == 165
    assert event.declared["morning"] == 150


def test_the_tool_that_the_guide_adds_is_the_one_that_is_there():
    told = next(fence for fence in fences("toml") if fence.document == "adding-a-tool.md")
    assert tomllib.loads(told.code) == dict(vocabulary("formats/tito"))


def test_every_metric_has_its_words_and_its_line():
    table = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| ([a-z_, ]+) \|", table, re.M)
    documented = {name.strip() for line in lines for name in line.split(",")} - {"metric"}
    ids = [metric.__name__ for metric in METRICS]
    assert len(ids) == len(set(ids))
    assert documented == set(ids)
    for code in LANGUAGES:
        assert [name for name in ids if not language(code).has(f"metric.{name}")] == []
