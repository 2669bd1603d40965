"""The shipped notebooks: finding, running, cleaning them, and refusing a wrong parameter."""

from __future__ import annotations

import ast
import contextlib
import copy
import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from necbilan import markup
from necbilan.errors import InputMissing, UsageError
from necbilan.publishing.nbimports import quick_jupyter_imports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, MutableMapping

    from nbformat import NotebookNode

__all__ = [
    "Parameter",
    "check_parameters",
    "clean",
    "notebook_path",
    "parameters_of",
    "read",
    "run",
    "settings",
]

MIME = "application/vnd.necbilan.v1+json"
SHIPPED = ("bilan", "comparaison")
FOLDERS = ("folder", "paths")
"""parameters that are paths"""
INJECTED_BY_PAPERMILL = "# Parameters"
TYPES = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "list": (list, tuple),
    "dict": (dict,),
}
IN_FRENCH = {
    "str": "un texte",
    "int": "un nombre entier",
    "float": "un nombre",
    "bool": "true ou false",
    "list": "une liste",
    "dict": "un dictionnaire",
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook: its name, its type as written, its default."""

    name: str
    annotation: str
    default: object

    @property
    def kind(self) -> str:
        """The key of TYPES: "str", "list", …; '' when any value will do."""
        name = self.annotation.split("[")[0].strip()
        return name if name in TYPES else ""

    def accepts(self, value: object) -> bool:
        """Whether a value has the type that the notebook declares (True is no number)."""
        if not self.kind:
            return True
        if isinstance(value, bool):
            return self.kind == "bool"
        return isinstance(value, TYPES[self.kind])


def notebook_path(name: str) -> Path:
    """Where the shipped notebook ``name`` is, in an installed wheel or in a checkout.

    Raises InputMissing when there is none of that name.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "notebooks", package.parent / "notebooks"):
        path = folder / f"{name}.ipynb"
        if path.is_file():
            return path
    raise InputMissing(
        f"le carnet «\u00a0{name}.ipynb\u00a0» manque à cette installation de necbilan\u202f; "
        "réinstallez-la."
    )


def read(name_or_path: str | Path) -> NotebookNode:
    """A notebook, by the name of a shipped one or by its path."""
    with quick_jupyter_imports():
        import nbformat

    path = notebook_path(str(name_or_path)) if name_or_path in SHIPPED else Path(name_or_path)
    if not path.is_file():
        raise InputMissing(f"le carnet «\u00a0{path.name}\u00a0» n’existe pas.")
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def parameters_of(notebook: NotebookNode) -> dict[str, Parameter]:
    """The parameters that the cell tagged "parameters" declares, by name."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", ()):
            return {parameter.name: parameter for parameter in _declared(cell.source)}
    return {}


def _declared(source: str) -> Iterator[Parameter]:
    for statement in ast.parse(source).body:
        annotation = ""
        if isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets: list[ast.expr] = [statement.target]
            annotation = ast.unparse(statement.annotation)
        elif isinstance(statement, ast.Assign):
            targets = statement.targets
        else:
            continue
        default = ast.literal_eval(statement.value or ast.Constant(None))
        for target in targets:
            if isinstance(target, ast.Name):
                yield Parameter(target.id, annotation or type(default).__name__, default)


def check_parameters(known: Mapping[str, Parameter], given: Mapping[str, object]) -> None:
    """Refuse by name a parameter that the notebook does not know or that has another type.

    Raises UsageError.
    """
    for name, value in given.items():
        if name not in known:
            raise UsageError(_unknown(str(name), known))
        if not known[name].accepts(value):
            expected = IN_FRENCH[known[name].kind]
            hint = (
                f" (avec papermill\u00a0: -r {name} au lieu de -p {name})"
                if known[name].kind == "str"
                else ""
            )
            raise UsageError(f"paramètre «\u00a0{name}\u00a0»\u00a0: on attend {expected}{hint}.")


def _unknown(name: str, known: Iterable[str]) -> str:
    names = list(known)
    shown = name if name.isidentifier() else "?"
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    guess = f" Vouliez-vous dire «\u00a0{near[0]}\u00a0»\u202f?" if near else ""
    listed = f" Le carnet connaît\u00a0: {', '.join(names)}." if names else ""
    return f"paramètre «\u00a0{shown}\u00a0» inconnu.{guess}{listed}"


def settings(namespace: MutableMapping[str, Any]) -> None:
    """The first line of a notebook: ``nec.settings(globals())``.

    JupyterLab and nbconvert start a kernel beside the notebook, papermill where it is
    called: a relative folder that is not found here is looked for in the folders above.

    papermill's own engine only warns of a misspelt parameter and runs on with the
    default; here the notebook itself refuses it.  What papermill injected is read in
    ``In``, IPython's list of the cells run so far; without one, any plain value counts.
    Raises UsageError.
    """
    sources = [str(source) for source in namespace.get("In", ())]
    known = {name: parameter for source in sources for name, parameter in _annotated(source)}
    if not known:
        known = {
            name: parameter
            for shipped in SHIPPED
            for name, parameter in parameters_of(read(shipped)).items()
        }
    injected = {
        name
        for source in sources
        if source.startswith(INJECTED_BY_PAPERMILL)
        for name in _assigned(source)
    }
    if "In" not in namespace:
        injected = {name for name, value in namespace.items() if _is_plain(name, value)}
    names = [name for name in namespace if name in injected or name in known]
    check_parameters(known, {name: namespace[name] for name in names})
    for name in FOLDERS:
        given = namespace.get(name)
        if isinstance(given, str):
            namespace[name] = _above(given)
        elif isinstance(given, (list, tuple)) and all(isinstance(path, str) for path in given):
            namespace[name] = [_above(path) for path in given]


def _above(written: str) -> str:
    """The path, from the nearest folder above the working one that holds it."""
    here = Path.cwd()
    places = (here / written, *(above / written for above in here.parents))
    found = next((place for place in places if place.exists()), places[0])
    return written if found == places[0] else str(found)


def _is_plain(name: str, value: object) -> bool:
    plain = (str, int, float, bool, list, tuple, dict)
    return not name.startswith("_") and isinstance(value, plain)


def _annotated(source: str) -> Iterator[tuple[str, Parameter]]:
    for statement in _statements(source):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
            yield name, Parameter(name, ast.unparse(statement.annotation), None)


def _assigned(source: str) -> Iterator[str]:
    for statement in _statements(source):
        if isinstance(statement, ast.Assign):
            yield from (name.id for name in statement.targets if isinstance(name, ast.Name))


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:  # a cell of magics, or one that failed: it declares no parameter
        return []


def run(
    name_or_path: str | Path,
    parameters: Mapping[str, object],
    cwd: str | Path | None = None,
) -> NotebookNode:
    """The notebook executed in this process with these parameters, not yet cleaned.

    Raises UsageError for a wrong parameter, before anything runs; the error of a cell
    when it is one of ours; else RenderingFailed, which carries the notebook so far,
    cleaned, as ``notebook``.
    """
    from necbilan.publishing.execution import cell_failed, fresh_shell

    notebook = read(name_or_path)
    known = parameters_of(notebook)
    check_parameters(known, parameters)
    within = contextlib.chdir(cwd) if cwd is not None else contextlib.nullcontext()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    with within, fresh_shell() as shell:
        for count, cell in enumerate(code, start=1):
            error = shell.run(cell, count=count)
            if error is not None:
                raise _with_notebook(cell_failed(error, cell, count), notebook) from error
            if "parameters" in cell.metadata.get("tags", ()):
                shell.push(dict(parameters), interactive=False)
                cell.source = _restated(known, parameters)
    return notebook


def _with_notebook(error: BaseException, notebook: NotebookNode) -> BaseException:
    error.notebook = clean(notebook)  # type: ignore[attr-defined]  # read by whoever keeps it
    return error


def _restated(known: Mapping[str, Parameter], given: Mapping[str, object]) -> str:
    """The parameters cell with the values it ran with, folders by their last name only."""
    lines = []
    for name, parameter in known.items():
        value = _without_folders(given.get(name, parameter.default))
        lines.append(f"{name}: {parameter.annotation} = {value!r}")
    return "\n".join(lines)


def _without_folders(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    if isinstance(value, (list, tuple)):
        return [_without_folders(item) for item in value]
    return value


def clean(notebook: NotebookNode) -> NotebookNode:
    """A copy that can be published: our outputs only, made again from their data.

    Paths, parameters, times, environment, prints, warnings and tracebacks are left out.
    """
    with quick_jupyter_imports():
        from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    cells = []
    for position, cell in enumerate(notebook.cells, start=1):
        tags = list(cell.metadata.get("tags", ()))
        if "injected-parameters" in tags or "papermill-error-cell-tag" in tags:
            continue
        metadata = {"tags": tags} if tags else {}
        identifier = str(cell.get("id", f"cell-{position}"))
        if cell.cell_type == "code":
            outputs = [kept for output in cell.get("outputs", ()) for kept in _kept(output)]
            cells.append(
                new_code_cell(
                    cell.source,
                    id=identifier,
                    metadata=metadata,
                    execution_count=cell.get("execution_count"),
                    outputs=outputs,
                )
            )
        elif cell.cell_type == "markdown":
            cells.append(new_markdown_cell(cell.source, id=identifier, metadata=metadata))
    cleaned: NotebookNode = new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    return cleaned


def _kept(output: NotebookNode) -> Iterator[NotebookNode]:
    with quick_jupyter_imports():
        from nbformat.v4 import new_output

    data = output.get("data", {}).get(MIME)
    if data is not None:
        block = copy.deepcopy(data)
        bundle = {
            MIME: block,
            "text/html": markup.to_html(block),
            "text/plain": markup.to_text(block),
        }
        yield new_output("display_data", data=bundle)
