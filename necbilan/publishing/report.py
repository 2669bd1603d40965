"""publish(): everything from a folder of spreadsheets to a folder of results.

The shipped notebook does the work, executed in this process; what it shows is written as
a page, a PDF and further files, searched for identifiers, and only then replaces what was
there.  To add a kind of output: a function ``Made -> {file name: bytes}`` in WRITERS.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from necbilan import figures, sections
from necbilan.disclosure import protect
from necbilan.errors import DataError, InputMissing, RenderingFailed, UsageError
from necbilan.exchange import (
    MEASURES_FILE,
    PACKAGE_FILE,
    measures_csv,
    package_json,
    read_measures,
    unfolded,
)
from necbilan.metrics.catalogue import measure
from necbilan.publishing import notebooks
from necbilan.publishing.content import content_of
from necbilan.publishing.freshness import made_from
from necbilan.publishing.nbimports import quick_jupyter_imports
from necbilan.publishing.outputs import INTERNAL, building
from necbilan.publishing.register import register
from necbilan.publishing.republishing import what_both_would_tell
from necbilan.publishing.review_page import internal_blocks, review_blocks
from necbilan.safe_cells import printable
from necbilan.sources import load_with_identifiers
from necbilan.sources.open_questions import open_folder
from necbilan.words.language import language as words_of
from necbilan.words.spelling import spell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from nbformat import NotebookNode

    from necbilan.blocks import Block
    from necbilan.model import Dossier
    from necbilan.publishing.content import Content
    from necbilan.publishing.outputs import Draft
    from necbilan.sources.privacy.identifiers import Identifiers
    from necbilan.words.spelled import Spelled

__all__ = ["FORMATS", "WRITERS", "Made", "check_asked", "publish", "publish_comparison"]

FORMATS = ("html", "pdf", "synthese", "measures", "les-bases")
"""what is made when nothing is asked for"""
REVIEW_PAGE = "a-relire.html"
"""stands next to the output: what a human decides before publishing is not published"""
PROPERTY = 255
"""characters of a property of a presentation (ECMA-376 part 2, as python-pptx applies it)"""


@dataclass(frozen=True)
class Made:
    """A report before it is written: the cleaned notebook and all that it rests on."""

    notebook: NotebookNode
    content: Content
    shown: Spelled
    measures: pd.DataFrame
    dossier: Dossier


def _page(made: Made) -> dict[str, bytes]:
    return {"bilan.html": _html(made.notebook)}


def _pdf(made: Made) -> dict[str, bytes]:
    from necbilan.publishing.typesetting import report

    return {"bilan.pdf": report(made.content)}


def _summary(made: Made) -> dict[str, bytes]:
    """The essential, with the first figures that tell most of what is known."""
    from necbilan.publishing.typesetting import one_page
    from necbilan.sections.closing import unsaid

    shown = made.shown
    summary = sections.summary(shown)
    draw = (figures.impression, figures.attendance, figures.timeline, figures.profiles)
    charts = [chart for chart in (make(shown) for make in draw) if chart is not None]
    blocks = [sections.cover(shown), *(summary.blocks if summary else ()), *charts, *unsaid(shown)]
    return {"synthese.pdf": one_page([block.data() for block in blocks])}


def _measures(made: Made) -> dict[str, bytes]:
    return {
        MEASURES_FILE: measures_csv(made.measures).encode(),
        PACKAGE_FILE: package_json(made.measures, made.dossier.facts).encode(),
    }


def _figures(made: Made) -> dict[str, bytes]:
    from necbilan.publishing.figure_files import figure_files

    return {f"figures/{name}": file for name, file in figure_files(made.content).items()}


def _tables(made: Made) -> dict[str, bytes]:
    from necbilan.publishing.tables_workbook import tables_workbook

    return {"tableaux.xlsx": tables_workbook(made.content, made.shown)}


def _slides(made: Made) -> dict[str, bytes]:
    from necbilan.publishing.slides import slides

    return {"diaporama.pptx": slides(made.content, _for_slides(made.shown))}


def _for_slides(shown: Spelled) -> Spelled:
    """Properties of at most 255 characters, as the format wants them."""
    event = shown.facts.event
    name, organiser = (printable(text)[:PROPERTY] for text in (event.name, event.organiser))
    event = replace(event, name=name, organiser=organiser)
    return replace(shown, facts=replace(shown.facts, event=event))


def _les_bases(made: Made) -> dict[str, bytes]:
    from necbilan.publishing.les_bases import les_bases_files

    files = les_bases_files(made.content, made.shown)
    return {f"les-bases/{name}": file for name, file in files.items()}


def _finance(made: Made) -> dict[str, bytes]:
    from necbilan.publishing.financial_statement import financial_statement

    return {"compte-rendu-financier.md": financial_statement(made.shown).encode()}


WRITERS: tuple[tuple[str, Callable[[Made], dict[str, bytes]]], ...] = (
    ("html", _page),
    ("pdf", _pdf),
    ("synthese", _summary),
    ("measures", _measures),
    ("figures", _figures),
    ("tables", _tables),
    ("slides", _slides),
    ("les-bases", _les_bases),
    ("finance", _finance),
)
"""Format → the function that makes its files, in the order of writing."""


def publish(
    folder: str | Path,
    out: str | Path = "reports",
    formats: Sequence[str] = FORMATS,
    language: str = "fr",
    progress: Callable[[str], None] | None = None,
    *,
    internal: bool = False,
    warn: Callable[[str], None] | None = None,
) -> Path:
    """Make the report of an event's folder in ``out/<slug>``; that folder.

    The executed notebook and registre.md always come with it.  While a question waits for
    an answer, ``out/<slug>.a-relire.html`` stands next to it: the folder can be published
    as it is, that page is the team's.  ``internal`` makes the team's edition instead, in
    ``out/<slug>-interne``: it shows what is under review and says so on every page.
    ``progress`` is told each step, in French; ``warn`` a sentence when the report and the one
    that it replaces would together tell on fewer than 5 people.

    Raises what ``load`` raises, UsageError for an unknown format or language, OutputError
    when the folder cannot be written (WriteFailed) or another run holds it (OutputLocked),
    LeakFound when a file of the output holds an identifier of the input, RenderingFailed
    when a cell of the notebook fails.
    """
    check_asked(formats, language)
    say = progress or (lambda step: None)
    say("lecture des fichiers")
    origin = made_from(folder, formats, language, internal=internal)
    opened = open_folder(folder)
    dossier, identifiers, waiting = opened.dossier, opened.identifiers, opened.waiting
    say("mesures")
    measures = protect(measure(dossier))
    shown = spell(measures, dossier.facts, language)
    edition = f"{dossier.event.slug}{INTERNAL}" if internal else dossier.event.slug
    beside = what_both_would_tell(Path(out) / edition, measures, words_of(language))
    with building(out, edition, identifiers, made_from=origin) as draft:
        say("exécution du carnet")
        parameters = {"folder": str(folder), "language": language}
        notebook = _executed("bilan", parameters, draft, identifiers)
        if internal:
            blocks = internal_blocks(shown, waiting)
            notebook.cells[:0] = notebook_of(blocks).cells
        content = content_of(notebook, title=dossier.event.name)
        made = Made(notebook, content, shown, measures, dossier)
        for name, writer in WRITERS:
            if name in formats:
                say(f"écriture\u00a0: {name}")
                _write(draft, writer(made))
        _write(draft, {"bilan.ipynb": _ipynb(notebook), "registre.md": register(dossier)})
        if waiting and not internal:
            draft.write_beside(REVIEW_PAGE, _html(notebook_of(review_blocks(shown, waiting))))
        say("recherche d’identifiants dans les sorties")
    if beside and warn is not None:
        warn(beside)
    return Path(out) / edition


def publish_comparison(
    paths: Sequence[str | Path],
    out: str | Path = "reports",
    language: str = "fr",
    progress: Callable[[str], None] | None = None,
    *,
    mine: str | Path = "",
    unread: Callable[[str], None] | None = None,
) -> Path:
    """Set events side by side in ``out/comparaison``: page, PDF and notebook; that folder.

    ``paths`` are events' folders, measures.csv files, folders of them or patterns with a
    star; the identifiers of every folder
    among them are searched for.  ``mine``, one of them or its slug, is shown in dark.
    ``unread`` is told a sentence for each event that cannot be read, which stops no other.
    """
    say = progress or (lambda step: None)
    words_of(language)
    say("lecture des événements")
    paths = unfolded(paths)
    identifiers: list[Identifiers] = []
    for path in map(Path, paths):
        try:
            if (path / "event.toml").is_file():
                identifiers.append(load_with_identifiers(path)[1])
            else:
                read_measures(path)
        except (DataError, InputMissing) as error:
            if len(paths) < 2:
                raise
            if unread is not None:
                unread(f"{_named(path)}, {error}" if isinstance(error, DataError) else str(error))
    with building(out, "comparaison", *identifiers) as draft:
        say("exécution du carnet")
        parameters = {
            "paths": [str(path) for path in paths],
            "language": language,
            "mine": str(mine),
        }
        notebook = _executed("comparaison", parameters, draft, *identifiers)
        content = content_of(notebook, title="Comparaison")
        from necbilan.publishing.typesetting import report

        _write(draft, {"comparaison.html": _html(notebook), "comparaison.pdf": report(content)})
        _write(draft, {"comparaison.ipynb": _ipynb(notebook)})
    return Path(out) / "comparaison"


def _named(path: Path) -> str:
    """An event by the name of its folder."""
    return path.parent.name if path.suffix == ".csv" else path.name


def check_asked(formats: Sequence[str], language: str) -> None:
    """Refuse an unknown format or language before any work.  Raises UsageError."""
    words_of(language)
    if isinstance(formats, str):
        raise UsageError(f"formats\u00a0: une liste est attendue, par exemple ({formats!r},).")
    known = [name for name, _ in WRITERS]
    unknown = [name for name in formats if name not in known]
    if unknown:
        raise UsageError(
            f"format inconnu\u00a0: {', '.join(unknown)}. Formats connus\u00a0: {', '.join(known)}."
        )


def _executed(
    name: str, parameters: Mapping[str, object], draft: Draft, *identifiers: Identifiers
) -> NotebookNode:
    """The notebook run and cleaned; a failed one is kept beside if it holds no identifier."""
    try:
        return notebooks.clean(notebooks.run(name, parameters))
    except RenderingFailed as error:
        stopped = getattr(error, "notebook", None)
        kept = stopped and draft.keep_beside("echec.ipynb", _ipynb(stopped), *identifiers)
        if not kept:
            raise
        raise RenderingFailed(f"{error} Le carnet arrêté est gardé\u00a0: {kept}") from error


def notebook_of(blocks: Sequence[Block]) -> NotebookNode:
    """A notebook of one cell that shows these blocks, for what no shipped notebook holds."""
    with quick_jupyter_imports():
        from nbformat import v4
    outputs = [
        v4.new_output("display_data", data=block._repr_mimebundle_(), metadata={})
        for block in blocks
    ]
    cell = v4.new_code_cell("", outputs=outputs, id="blocks")
    made: NotebookNode = v4.new_notebook(cells=[cell])
    return made


def _html(notebook: NotebookNode) -> bytes:
    from necbilan.publishing.exporters import NecbilanHTMLExporter

    page, _ = NecbilanHTMLExporter().from_notebook_node(notebook)
    return page.encode()


def _ipynb(notebook: NotebookNode) -> bytes:
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _write(draft: Draft, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        draft.write(name, content)
