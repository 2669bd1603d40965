"""The shipped notebooks under papermill and nbconvert as they come, without our command."""

from __future__ import annotations

import ast
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from published import page, pdf

from necbilan.publishing.nbimports import quick_jupyter_imports

with quick_jupyter_imports():
    import papermill

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BILAN = ROOT / "notebooks" / "bilan.ipynb"
SCRIPTS = Path(sys.executable).parent


def tool(name: str, *arguments: str, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment, its own settings out of the way."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
        "SOURCE_DATE_EPOCH": "1700000000",
        "JUPYTER_PLATFORM_DIRS": "1",
    }
    return subprocess.run(
        [str(SCRIPTS / name), *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def stock_commands() -> list[list[str]]:
    """The commands that the README gives for the stock tools."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    found = [shlex.split(line) for line in lines if line.startswith(("papermill ", "jupyter "))]
    assert [command[0] for command in found] == ["papermill", "jupyter", "jupyter"]
    return found


def _imports(node: ast.stmt) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_calls_only_and_no_output(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    lines = [line for cell in code for line in cell.source.splitlines() if line.strip()]
    assert len(lines) <= 20
    assert not [cell for cell in code if cell.outputs or cell.execution_count]
    assert "parameters" in code[0].metadata["tags"]
    calls = [node for node in ast.parse(code[1].source).body if not _imports(node)]
    assert ast.unparse(calls[0]) == "nec.settings(globals())"
    logic = (ast.If, ast.For, ast.While, ast.FunctionDef, ast.Lambda, ast.ListComp, ast.Try)
    for cell in code:
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, logic)]


@pytest.mark.slow  # a Jupyter kernel and nbconvert twice: 11 s
def test_papermill_then_nbconvert_give_the_page_and_the_pdf(tmp_path: Path, metz: Path) -> None:
    for folder in ("notebooks", "data_samples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name, *arguments in stock_commands():
        run = tool(name, *arguments, cwd=tmp_path, home=tmp_path)
        assert run.returncode == 0, run.stderr
    assert page(tmp_path / "out.html") == page(metz / "bilan.html")
    assert pdf(tmp_path / "out.pdf") == pdf(metz / "bilan.pdf")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("-p", "foldr", "x"), "paramètre «\u00a0foldr\u00a0» inconnu"),
        (("-p", "folder", "2023"), "paramètre «\u00a0folder\u00a0»\u00a0: on attend un texte"),
    ],
)
def test_the_first_line_refuses_a_wrong_parameter_under_the_stock_engine(
    tmp_path: Path, given: tuple[str, ...], sentence: str
) -> None:
    run = tool("papermill", str(BILAN), "out.ipynb", *given, cwd=tmp_path, home=tmp_path)
    assert run.returncode != 0
    assert sentence in run.stderr
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    shown = [cell for cell in executed.cells if cell.source.startswith("sections.")]
    assert shown
    assert not [cell for cell in shown if cell.outputs]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"foldr": "x"}, "paramètre «\u00a0foldr\u00a0» inconnu. Vouliez-vous dire"),
        ({"folder": 2023}, "paramètre «\u00a0folder\u00a0»\u00a0: on attend un texte"),
        ({"language": ["fr"]}, "paramètre «\u00a0language\u00a0»\u00a0: on attend un texte"),
    ],
)
def test_our_engine_refuses_a_wrong_parameter_before_any_work(
    tmp_path: Path, given: dict[str, object], sentence: str
) -> None:
    out = tmp_path / "out.ipynb"
    with pytest.raises(Exception, match="paramètre") as refused:
        papermill.execute_notebook(
            str(BILAN), str(out), parameters=given, engine_name="necbilan", progress_bar=False
        )
    assert sentence in str(refused.value)
    executed = nbformat.read(out, as_version=4) if out.exists() else nbformat.v4.new_notebook()
    assert not [cell for cell in executed.cells if cell.get("outputs")]
