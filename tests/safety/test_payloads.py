"""Payloads in every field that a stranger or an organiser fills, through the whole line."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from hostile_event import filled, texts, toml, word_of
from payloads import EDITION, PAYLOADS, made
from small_event import write_event

from necbilan.cli import main
from necbilan.errors import BlockedByProblems, ConfigError
from necbilan.publishing.report import publish
from necbilan.sources.event.schema import SCHEMA, TEXT, Kind


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("payloads")


class Page(HTMLParser):
    """What a browser would act on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.acts: list[str] = []
        self.titles = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.titles += tag in {"title", "body"}
        if tag in {"script", "iframe", "object", "embed", "base", "form", "foreignobject"}:
            self.acts.append(tag)
        for name, value in attributes:
            address = (value or "").strip().lower()
            if name.startswith("on") or address.startswith(("javascript:", "data:text")):
                self.acts.append(f"{tag} {name}={value}")
            if name in {"src", "href", "xlink:href"} and address.startswith(("http://127", "//")):
                self.acts.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_page_runs_nothing_and_calls_nobody(root, name):
    for page in made(name, root).glob("*.html"):
        text = page.read_text(encoding="utf-8")
        parsed = Page(text)
        assert parsed.acts == [], page.name
        assert "http-equiv" in text and "Content-Security-Policy" in text
        style = "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL))
        assert "CANARY" not in style and "@import" not in style


ELSEWHERE = frozenset(
    {"activities.kind", "activities.speakers", "activities.theme", "activities.title"}
    | {"speakers.activities", "speakers.name", "edition"}
    | {f"{points}.theme" for points in ("decisions", "improvements", "lessons", "previous_points")}
    | {f"files.{kind}" for kind in ("registrations", "attendance", "survey", "programme")}
    | {"files.speakers", "files.budget", "photos.file"}
)
"""texts of event.toml that the page of this event does not print: counted, sorted by, files"""


def shown(folder: Path) -> set[str]:
    """The texts of event.toml whose own word stands on the page, beside their payload."""
    page = html.unescape((folder / "bilan.html").read_text(encoding="utf-8"))
    return {".".join(path) for path in texts(SCHEMA) if word_of(path) in page}


def test_every_text_of_event_toml_is_driven_and_shown_or_said_to_stand_elsewhere(root):
    """A key added to the schema is filled by hostile_event; where it shows is said here."""
    every = {".".join(path) for path in texts(SCHEMA)}
    assert len(every) > 40 and every >= ELSEWHERE
    assert shown(made("run", root)) == every - ELSEWHERE


def test_a_key_of_a_new_kind_asks_for_a_payload():
    odd = Kind("un objet", lambda value: isinstance(value, bytes))
    with pytest.raises(AssertionError, match="nouvelle"):
        filled(odd, "CANARY", ("nouvelle",))
    assert filled(TEXT, "CANARY", ("nouvelle",)) == "CANARY MotNouvelle"
    written = toml({"a\u202e": ["x<😀", 3, True]})
    assert tomllib.loads(f"t = {written}") == {"t": {"a\u202e": ["x<😀", 3, True]}}


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_page_says_the_same_beside_every_payload(root, name):
    """Nothing else goes with a payload; why a gap is scrubbed of names that payloads look like."""
    assert shown(made("run", root)) - shown(made(name, root)) <= {"budget.explanation"}
    page = (made(name, root) / "bilan.html").read_text(encoding="utf-8")
    for words in ("MotDecision", "Très satisfait"):
        assert words in page, words


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_comparison_with_what_a_stranger_sent_runs_nothing(root, name, capsys):
    paths = [str(made(name, root)), str(root / name / "event/avant")]
    out = root / name / "compared"
    assert main(["compare", *paths, "--out", str(out)]) == 0
    page = (out / "comparaison/comparaison.html").read_text(encoding="utf-8")
    assert Page(page).acts == [] and EDITION in page
    assert (out / "comparaison/comparaison.pdf").read_bytes().startswith(b"%PDF-")
    capsys.readouterr()


@pytest.mark.parametrize("name", PAYLOADS)
def test_check_and_the_account_of_a_batch_show_the_payload_as_text(root, name, capsys):
    made(name, root)
    out = root / name / "batch"
    main(["check", str(root / name / "event")])
    main(["batch", str(root / name / "event"), "--out", str(out), "--formats", "measures"])
    said = capsys.readouterr()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said.out + said.err)
    account = (out / "lot.csv").read_text(encoding="utf-8-sig")
    for row in csv.reader(io.StringIO(account, newline="")):
        assert not [cell for cell in row if re.match(r"\s*[=+\-@＝＋＠]|[\t\r\n]", cell)]


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_pdf_compiles_and_shows_the_payload_as_text(root, name):
    for path in made(name, root).glob("*.pdf"):
        document = pypdfium2.PdfDocument(path.read_bytes())
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
        assert "root:x:0:0" not in text
        assert "49CANARY" not in text
    assert "Très satisfait" in text or path.name != "bilan.pdf"


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_cell_of_any_table_runs(root, name):
    folder = made(name, root)
    for path in folder.rglob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
            for cell in row:
                live = re.match(r"\s*[=+@＝＋＠]|\s*-(?!\d)|[\t\r\n]", cell)
                assert not live, (path.name, cell[:40])
    for path in folder.rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
    for path in folder.rglob("*.pptx"):
        with ZipFile(path) as deck:
            for member in deck.namelist():
                if member.endswith(".xlsx"):
                    book = openpyxl.load_workbook(io.BytesIO(deck.read(member)))
                    cells = [cell for sheet in book for row in sheet for cell in row]
                    assert not [cell for cell in cells if cell.data_type == "f"]
                if member.endswith(".rels"):
                    external = re.findall(
                        rb'Target="([^"]*)" TargetMode="External"', deck.read(member)
                    )
                    assert not [link for link in external if b"127.0.0.1" in link]


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_notebook_holds_the_payload_as_data_only(root, name):
    notebook = json.loads((made(name, root) / "bilan.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        assert "CANARY" not in "".join(cell["source"])
        for output in cell.get("outputs", []):
            shown_there = output["data"].get("text/html", "")
            assert Page("".join(shown_there)).acts == []


def test_no_drawing_holds_a_link_or_a_script(root):
    for name in PAYLOADS:
        for path in made(name, root).rglob("*.svg"):
            assert Page(path.read_text(encoding="utf-8")).acts == [], path.name


def test_control_characters_in_a_spreadsheet_are_refused_by_a_sentence(tmp_path):
    event = write_event(tmp_path / "event", cells=PAYLOADS["controls"])
    with pytest.raises(BlockedByProblems, match=r"inscriptions\.csv"):
        publish(event, out=tmp_path / "out")


CONFIGURATIONS = {
    "event id that leaves the folder": 'id = "../../canary_cfg"\n',
    "id reserved by Windows": 'id = "con"\n',
    "key given twice": 'id = "essai"\nid = "autre"\n',
    "unknown key that would lower the floor": "seuil = 1\n",
    "YAML tag": "!!python/object/apply:os.system ['touch canary_yaml']\n",
    "pickle": "cos\nsystem\n(S'touch canary'\ntR.",
}


@pytest.mark.parametrize("head", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_configuration_that_is_dangerous_is_refused_by_a_sentence(tmp_path, head, monkeypatch):
    monkeypatch.chdir(tmp_path)
    event = write_event(tmp_path / "event")
    text = (event / "event.toml").read_text(encoding="utf-8")
    (event / "event.toml").write_text(head + text.replace('id = "essai"\n', ""), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        publish(event, out=tmp_path / "out")
    assert "event.toml" in str(caught.value)
    assert not list(tmp_path.rglob("canary*"))


def test_parameter_that_holds_code_stays_a_text(tmp_path, monkeypatch):
    """The language of a report is a closed list; a folder's name is a text."""
    monkeypatch.chdir(tmp_path)
    odd = "a'; __import__('os').system('touch canary_param') #"
    event = write_event(tmp_path / odd)
    folder = publish(event, out=tmp_path / "out", formats=("html",))
    assert (folder / "bilan.html").exists()
    assert not (tmp_path / "canary_param").exists()
