"""A notebook run in process, as publish and ``papermill --engine necbilan`` do."""

from __future__ import annotations

import builtins
import json
import os
import sys
from pathlib import Path

import nbformat
import pytest
import specimen
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from necbilan.blocks import MIME
from necbilan.errors import DataError, InputMissing, RenderingFailed, UsageError
from necbilan.publishing import notebooks
from necbilan.publishing.nbimports import quick_jupyter_imports

with quick_jupyter_imports():
    import papermill

PARAMETERS = 'folder: str = "data/metz-2023"\nlanguage: str = "fr"\ntop: int = 5\nseen: bool = True'
SHOWS = "import specimen\nspecimen.SUMMARY"


@pytest.fixture
def make(tmp_path):
    """Write a notebook of these cells and give its path."""

    def write(*sources: str) -> Path:
        cells = [new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]})]
        cells += [new_code_cell(text, id=f"cell-{at}") for at, text in enumerate(sources)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = tmp_path / "carnet.ipynb"
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
        return path

    return write


def _texts(cell) -> list[str]:
    return [output.get("text") or output["data"]["text/plain"] for output in cell.outputs]


def test_the_last_expression_of_a_cell_is_its_output_once(make):
    executed = notebooks.run(make(SHOWS, "specimen.SUMMARY;", "x = 1"), {})
    assert [len(cell.outputs) for cell in executed.cells] == [0, 1, 0, 0]
    data = executed.cells[1].outputs[0]["data"]
    assert data[MIME]["title"] == "L’essentiel"
    assert set(data) == {MIME, "text/html", "text/plain"}


def test_display_and_print_are_captured(make, capsys):
    executed = notebooks.run(make("display(1)\nprint('dit')\n2"), {})
    assert _texts(executed.cells[1]) == ["dit\n", "1", "2"]
    assert capsys.readouterr() == ("", "")


def test_parameters_replace_the_defaults(make):
    executed = notebooks.run(make("(folder, language, top)"), {"folder": "littoral", "top": 3})
    assert _texts(executed.cells[1]) == ["('littoral', 'fr', 3)"]


def test_each_run_has_a_namespace_of_its_own(make):
    notebooks.run(make("kept = 1"), {})
    executed = notebooks.run(make("'kept' in globals()"), {})
    assert _texts(executed.cells[1]) == ["False"]


def test_running_leaves_nothing_behind(make, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    main, shell, folder = sys.modules["__main__"], InteractiveShell._instance, Path.cwd()
    names, hook, modules = set(dir(builtins)), sys.displayhook, set(sys.modules)
    notebooks.run(make("x = 1"), {}, cwd=tmp_path)
    assert sys.modules["__main__"] is main
    assert InteractiveShell._instance is shell
    assert Path.cwd() == folder
    assert set(dir(builtins)) == names
    assert sys.displayhook is hook
    assert not hasattr(sys, "ps1")
    assert "necbilan_notebook" not in set(sys.modules) - modules
    assert not (tmp_path / "home").exists()


def test_the_notebook_runs_where_it_is_told(make, tmp_path):
    executed = notebooks.run(make("import os; os.getcwd()"), {}, cwd=tmp_path)
    assert _texts(executed.cells[1]) == [repr(os.path.realpath(tmp_path))]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"foldr": "x"}, "paramètre «\u00a0foldr\u00a0» inconnu. Vouliez-vous dire «\u00a0folder"),
        ({"xyz": 1}, "Le carnet connaît\u00a0: folder, language, top, seen."),
        ({"folder": 2023}, "paramètre «\u00a0folder\u00a0»\u00a0: on attend un texte"),
        ({"top": "cinq"}, "paramètre «\u00a0top\u00a0»\u00a0: on attend un nombre entier"),
        ({"top": True}, "on attend un nombre entier"),
        ({"seen": 1}, "on attend true ou false"),
        ({"a\nimport os": 1}, "paramètre «\u00a0?\u00a0» inconnu"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name_before_any_work(make, tmp_path, given, sentence):
    witness = tmp_path / "witness"
    path = make(f"open({str(witness)!r}, 'w').close()")
    with pytest.raises(UsageError, match="paramètre") as refused:
        notebooks.run(path, given)
    assert sentence in str(refused.value)
    assert not witness.exists()


def test_a_notebook_without_parameters_takes_none(tmp_path):
    path = tmp_path / "sans.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1", id="a")]), path)
    assert notebooks.run(path, {}).cells[0].outputs
    with pytest.raises(UsageError, match="inconnu"):
        notebooks.run(path, {"folder": "x"})


def test_a_failing_cell_is_named_without_a_value_of_the_data(make):
    path = make("x = 'Jeanne Martin'", "int(x)")
    with pytest.raises(RenderingFailed) as failed:
        notebooks.run(path, {})
    sentence = str(failed.value)
    assert "cellule 3 («\u00a0int(x)\u00a0»)" in sentence
    assert "ValueError" in sentence
    assert "Jeanne" not in sentence
    assert "Traceback" not in nbformat.writes(failed.value.notebook)


def test_a_syntax_error_is_named_too(make, capsys):
    with pytest.raises(RenderingFailed, match="SyntaxError"):
        notebooks.run(make("if:"), {})
    assert capsys.readouterr() == ("", "")


def test_our_own_errors_pass_as_they_are(make):
    path = make("from necbilan.errors import DataError\nraise DataError('fichier vide')")
    with pytest.raises(DataError, match="fichier vide"):
        notebooks.run(path, {})


def test_ctrl_c_is_not_swallowed(make):
    with pytest.raises(KeyboardInterrupt):
        notebooks.run(make("raise KeyboardInterrupt"), {})


def test_a_missing_notebook_is_a_sentence(tmp_path):
    with pytest.raises(InputMissing, match=r"absent\.ipynb"):
        notebooks.run(tmp_path / "absent.ipynb", {})


def test_the_shipped_notebooks_are_found_and_hold_calls_only():
    for name in notebooks.SHIPPED:
        shipped = notebooks.read(name)
        code = [cell for cell in shipped.cells if cell.cell_type == "code"]
        lines = [line for cell in code for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= 30
        assert all(not cell.outputs and cell.execution_count is None for cell in code)
        assert "nec.settings(globals())" in lines
        assert set(notebooks.parameters_of(shipped)) >= {"language"}


def test_cleaning_keeps_our_displays_and_nothing_else(make):
    leaking = "import sys\nsys.stderr.write('Jeanne')\nprint('Jeanne', sys.executable)"
    executed = notebooks.run(make(leaking, SHOWS), {"folder": "/home/jeanne/Bureau/metz"})
    executed.metadata["papermill"] = {"parameters": {"folder": "/home/jeanne"}}
    executed.cells.append(new_markdown_cell("**Texte**", id="mot"))
    executed.cells.insert(1, new_code_cell("folder = '/home/jeanne'", id="i"))
    executed.cells[1].metadata["tags"] = ["injected-parameters"]
    cleaned = notebooks.clean(executed)
    text = nbformat.writes(cleaned)
    nbformat.validate(cleaned)
    for word in ("papermill", "/home", "Bureau", sys.executable, "injected"):
        assert word not in text
    assert [len(cell.get("outputs", ())) for cell in cleaned.cells] == [0, 0, 1, 0]
    assert cleaned.cells[-1].source == "**Texte**"
    assert "folder: str = 'metz'" in cleaned.cells[0].source
    assert len(executed.cells) == 5


def test_the_same_run_gives_the_same_bytes(make):
    path = make(SHOWS)
    first, second = (nbformat.writes(notebooks.clean(notebooks.run(path, {}))) for _ in range(2))
    assert first == second


def _papermill(path: Path, tmp_path: Path, **parameters: object):
    out = tmp_path / "executed.ipynb"
    papermill.execute_notebook(
        path, out, parameters=parameters, engine_name="necbilan", progress_bar=False
    )
    return nbformat.read(out, as_version=4)


def test_papermill_runs_without_a_kernel_and_writes_a_clean_notebook(make, tmp_path):
    executed = _papermill(make(SHOWS), tmp_path, folder="/home/jeanne/metz")
    assert MIME in executed.cells[1].outputs[0]["data"]
    assert "jeanne" not in json.dumps(executed)


def test_papermill_refuses_a_misspelt_parameter_and_writes_nothing(make, tmp_path):
    with pytest.raises(UsageError, match="foldr"):
        _papermill(make(SHOWS), tmp_path, foldr="x")
    assert not (tmp_path / "executed.ipynb").exists()


def test_papermill_keeps_a_failed_notebook_clean(make, tmp_path):
    with pytest.raises(RenderingFailed, match="cellule 3"):
        _papermill(make(SHOWS, "raise ValueError('Jeanne')", "2"), tmp_path, folder="/home/x/metz")
    kept = nbformat.read(tmp_path / "executed.ipynb", as_version=4)
    assert [len(cell.outputs) for cell in kept.cells] == [0, 1, 0, 0]
    assert "ValueError: " not in nbformat.writes(kept)


def _namespace(injected: str = "", **more: object) -> dict[str, object]:
    sources = ["", PARAMETERS, *([f"# Parameters\n{injected}"] if injected else []), "…"]
    namespace: dict[str, object] = {"In": sources}
    exec(f"{PARAMETERS}\n{injected}", namespace)
    return namespace | more


def test_settings_refuses_what_stock_papermill_injected_under_a_wrong_name():
    with pytest.raises(UsageError, match="Vouliez-vous dire «\u00a0language"):
        notebooks.settings(_namespace('languge = "en"'))


def test_settings_refuses_an_ill_typed_value():
    with pytest.raises(UsageError, match="«\u00a0folder\u00a0»\u00a0: on attend un texte"):
        notebooks.settings(_namespace("folder = 2023"))


def test_settings_lets_an_analyst_have_variables_of_her_own():
    notebooks.settings(_namespace('folder = "x"', mine="abc", dossier=specimen))


def test_settings_outside_ipython_compares_with_the_shipped_notebooks():
    notebooks.settings({"folder": "x", "language": "fr", "json": json, "_private": 1})
    with pytest.raises(UsageError, match="foldr"):
        notebooks.settings({"foldr": "x"})


def test_the_grammars_nobody_uses_are_kept_out_only_while_importing():
    with quick_jupyter_imports():
        pass
    assert sys.modules.get("rfc3987_syntax", "absent") is not None


def test_relative_folder_is_found_above_a_notebook_opened_in_its_own_folder(tmp_path, monkeypatch):
    (tmp_path / "data" / "brest").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    given = {"folder": "data/brest", "language": "fr"}
    notebooks.settings(given)
    assert given["folder"] == str(tmp_path / "data" / "brest")
    absent = {"folder": "data/quimper", "language": "fr"}
    notebooks.settings(absent)
    assert absent["folder"] == "data/quimper"
