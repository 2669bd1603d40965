"""Every number of every output comes from a measure or from the event's own facts."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from numbers_known import Known, constants, measured, told
from numbers_read import Said, numbers, texts

import necbilan as nec
from necbilan import figures, sections
from necbilan.publishing import typesetting
from necbilan.publishing.content import MIME, from_blocks
from necbilan.tables import MEASURES
from necbilan.words.spelled import Spelled

ROOT = Path(__file__).parents[2]
SAMPLES = ("metz-2023", "littoral-2024", "lyon-2025", "opale-2025", "reunion-2025")
REPORTS = [*((sample, "fr") for sample in SAMPLES), ("littoral-2024", "en")]
DRAWN = (".html", ".pdf", ".svg")
"""files where an axis may stand"""

dossier = cache(lambda sample: nec.load(ROOT / "data_samples" / sample))


def measures_of(folder: Path) -> pd.DataFrame:
    """measures.csv as a reader of the published folder has it."""
    text = pd.read_csv(folder / "measures.csv", dtype="string", keep_default_na=False)
    numeric = [column.name for column in MEASURES.columns if column.dtype in ("Float64", "Int64")]
    return MEASURES.frame(text.assign(**{name: pd.to_numeric(text[name]) for name in numeric}))


@cache
def known(folder: Path, sample: str, language: str) -> Known:
    measures, loaded = measures_of(folder), dossier(sample)
    return measured(measures) | told(loaded.facts, measures, language) | constants(language)


def unknown(known: Known, texts: list[str], *, drawn: bool = True) -> list[Said]:
    said = (number for text in texts for number in numbers(text))
    return [one for one in said if known.unknown(one.number, one.kind, drawn=drawn)]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(("sample", "language"), REPORTS)
def test_every_number_printed_is_measured_or_told(
    published: Callable[..., Path], sample: str, language: str
) -> None:
    folder = published(sample, language)
    expected = known(folder, sample, language)
    wrong = {
        str(path.relative_to(folder)): found
        for path in files(folder)
        if (found := unknown(expected, texts(path), drawn=path.suffix in DRAWN))
    }
    assert not wrong


def test_numbers_were_read_from_every_kind_of_output(metz: Path) -> None:
    counted: dict[str, int] = {}
    for path in files(metz):
        found = sum(1 for text in texts(path) for _ in numbers(text))
        counted[path.suffix] = counted.get(path.suffix, 0) + found
    least = {".html": 500, ".pdf": 400, ".xlsx": 200, ".pptx": 100, ".svg": 80, ".md": 90}
    for suffix, number in {**least, ".csv": 130, ".txt": 50}.items():
        assert counted[suffix] >= number, (suffix, counted)


@pytest.mark.parametrize(
    ("text", "wrong", "kind"),
    [
        ("182 personnes présentes", "182", "plain"),
        ("70 structures représentées", "70", "plain"),
        ("50 des 59 réponses (86\u202f%) sont positives", "59", "plain"),
        ("50 des 58 réponses (87\u202f%) sont positives", "87", "percent"),
        ("la part va de 76 à 92\u202f%", "76", "percent"),
        ("14\u202f500\u202f€ de budget", "14500", "euros"),
        ("16\u202fk€ de budget", "16", "euros"),
        ("soit 77,36\u202f€ par personne", "77,36", "euros"),
        ("écart net +35 points", "+35", "plain"),
        ("écart net −34 points", "−34", "plain"),
        ("2,6 personnes par structure", "2,6", "plain"),
        ("12 octobre 2024", "2024", "plain"),
        ("les 122 personnes qui n’ont pas répondu", "122", "plain"),
    ],
)
def test_a_wrong_number_is_found(metz: Path, text: str, wrong: str, kind: str) -> None:
    found = unknown(known(metz, "metz-2023", "fr"), [text])
    assert [(one.number, one.kind) for one in found] == [(wrong, kind)]


def in_zip(part: str, before: str, after: str) -> Callable[[bytes], bytes]:
    """A change of one text in the parts of an xlsx or pptx that ``part`` matches."""

    def changed(archive: bytes) -> bytes:
        out, told = io.BytesIO(), 0
        with ZipFile(io.BytesIO(archive)) as source, ZipFile(out, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                if re.fullmatch(part, name):
                    told += content.count(before.encode())
                    content = content.replace(before.encode(), after.encode())
                target.writestr(name, content)
        assert told
        return out.getvalue()

    return changed


def in_text(before: str, after: str) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(before.encode(), after.encode(), 1)


MUTATIONS = {
    "bilan.html": in_text("118 des 181", "117 des 181"),
    "les-bases/02-description.txt": in_text("181 personnes", "182 personnes"),
    "les-bases/05-retours.md": in_text("50 des 58", "52 des 58"),
    "les-bases/04-frequentation.md": in_text("143", "142"),
    "les-bases/06-images.txt": in_text("118 (65", "117 (65"),
    "compte-rendu-financier.md": in_text("5\u202f200", "5\u202f201"),
    "registre.md": in_text("| 155 |", "| 156 |"),
    "tableaux.xlsx": in_zip(r"xl/worksheets/.*", "<v>143</v>", "<v>142</v>"),
    "diaporama.pptx": in_zip(r"ppt/charts/chart\d+\.xml", "<c:v>143.0</c:v>", "<c:v>142.0</c:v>"),
}
"""a number altered in each kind of output, as a bug of its writer would"""


@pytest.mark.parametrize("name", list(MUTATIONS))
def test_a_number_altered_in_an_output_is_found(metz: Path, tmp_path: Path, name: str) -> None:
    before = (metz / name).read_bytes()
    altered = tmp_path / Path(name).name
    altered.write_bytes(MUTATIONS[name](before))
    assert altered.read_bytes() != before
    assert unknown(known(metz, "metz-2023", "fr"), texts(altered), drawn=False)


@pytest.mark.parametrize("kind", ["svg", "csv"])
def test_a_number_altered_in_a_figure_is_found(metz: Path, tmp_path: Path, kind: str) -> None:
    origin = next((metz / "figures").glob(f"*-origin.{kind}"))
    altered = tmp_path / origin.name
    altered.write_bytes(origin.read_bytes().replace(b"143", b"142"))
    assert altered.read_bytes() != origin.read_bytes()
    assert unknown(known(metz, "metz-2023", "fr"), texts(altered))


def retold(blocks: list[dict[str, Any]], before: str, after: str) -> list[dict[str, Any]]:
    """The blocks of a report, one number of them altered before they are typeset."""
    text = json.dumps(blocks, ensure_ascii=False)
    assert before in text
    changed: list[dict[str, Any]] = json.loads(text.replace(before, after, 1))
    return changed


def test_a_number_altered_before_the_one_page_is_typeset_is_found(
    metz: Path, tmp_path: Path
) -> None:
    shown = nec.spell(measures_of(metz), dossier("metz-2023").facts, "fr")
    summary, chart = sections.summary(shown), figures.impression(shown)
    assert summary is not None
    assert chart is not None
    parts = [sections.cover(shown), *summary.blocks, chart]
    page = [part.data() for part in parts]
    for name, made in (("true", page), ("altered", retold(page, '"181"', '"182"'))):
        (tmp_path / f"{name}.pdf").write_bytes(typesetting.one_page(made))
    expected = known(metz, "metz-2023", "fr")
    assert not unknown(expected, texts(tmp_path / "true.pdf"))
    assert [one.number for one in unknown(expected, texts(tmp_path / "altered.pdf"))] == ["182"]


def test_a_number_altered_before_the_report_is_typeset_is_found(metz: Path, tmp_path: Path) -> None:
    notebook = json.loads((metz / "bilan.ipynb").read_text(encoding="utf-8"))
    told = [output["data"][MIME] for cell in notebook["cells"] for output in cell["outputs"]]
    altered = tmp_path / "bilan.pdf"
    altered.write_bytes(typesetting.report(from_blocks(retold(told, "118 des 181", "117 des 181"))))
    found = unknown(known(metz, "metz-2023", "fr"), texts(altered))
    assert "117" in {one.number for one in found}


def blocks(folder: Path) -> Iterator[dict[str, Any]]:
    """The pieces of the report that the published notebook holds."""
    notebook = json.loads((folder / "bilan.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell["outputs"]:
            block = output["data"][MIME]
            yield from block.get("blocks", [block])


def misplaced(tables: list[dict[str, Any]], shown: Spelled) -> list[str]:
    """Rows of tables that say a number of no measure of that row's own label."""
    wrong = []
    for table in tables:
        for head, *cells in table["rows"]:
            named = shown.table["label"].eq(head) | shown.table["group"].str.endswith(f" › {head}")
            own = shown.table[named & shown.table["status"].eq("ok")]
            if own.empty:
                continue
            of_label = measured(own) | constants("fr")
            wrong += [
                f"{table['caption']}, {head}: {one.number}"
                for cell, numeric in zip(cells, table["numeric"][1:], strict=True)
                if numeric
                for one in numbers(cell)
                if of_label.unknown(one.number, one.kind)
            ]
    return wrong


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_row_of_a_table_says_the_numbers_of_its_own_label(
    published: Callable[..., Path], sample: str
) -> None:
    folder = published(sample)
    shown = nec.spell(measures_of(folder), dossier(sample).facts, "fr")
    tables = [block for block in blocks(folder) if "rows" in block]
    assert len(tables) >= 8
    assert not misplaced(tables, shown)


def test_two_rows_that_swap_their_numbers_are_found(metz: Path) -> None:
    shown = nec.spell(measures_of(metz), dossier("metz-2023").facts, "fr")
    tables = [block for block in blocks(metz) if block.get("id") == "audience"]
    first, second = tables[0]["rows"]
    swapped = [[first[0], *second[1:]], [second[0], *first[1:]]]
    found = misplaced([tables[0] | {"rows": swapped}], shown)
    assert any("Public professionnel: 63" in one for one in found)
    assert any("Grand public: 118" in one for one in found)
