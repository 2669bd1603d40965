"""A writer that lets a name through, in one event of a batch, in a report and in a comparison."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_event import write_event

from necbilan.publishing.leaks import search
from necbilan.publishing.outputs import ACCOUNT, manifest_of
from necbilan.sources import load_with_identifiers

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = ("alpha", "beta", "gamma")
CARELESS = """
import os
import sys
from pathlib import Path
from necbilan.publishing import report

LIST = Path(os.environ["LIST"])
measures = dict(report.WRITERS)["measures"]
html = report._html

def careless(made):
    files = measures(made)
    if made.dossier.event.slug == "beta":
        files["dossier/liste.csv"] = LIST.read_bytes()
    return files

def careless_html(notebook):
    person = LIST.read_bytes().splitlines()[1]
    return html(notebook) + b"<!-- " + person.replace(b";", b" ") + b" -->"

report.WRITERS = (("measures", careless),)  # in each worker too: it imports this script
if "compare" in sys.argv:
    report._html = careless_html
if __name__ == "__main__":
    from necbilan.cli import main
    sys.exit(main(sys.argv[1:]))
"""
"""necbilan with writers that copy a list of people into the output of one event"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in EVENTS:
        write_event(tmp_path / "events" / name, slug=name)
    (tmp_path / "careless.py").write_text(CARELESS, encoding="utf-8")
    return tmp_path


def run(folder: Path, verb: str, *more: str, careless: bool = True):
    necbilan = [str(folder / "careless.py")] if careless else ["-m", "necbilan.cli"]
    events = folder / "events" / ("beta" if verb == "report" else "")
    given = [verb, str(events), "--out", str(folder / "out"), *more]
    return subprocess.run(
        [sys.executable, *necbilan, *given],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": "1700000000",
            "LIST": str(folder / "events/beta/inscriptions.csv"),
        },
    )


def batch(folder: Path, *more: str, careless: bool = True):
    formats = ("--formats", "measures", "--workers", "2")
    return run(folder, "batch", *formats, *more, careless=careless)


def account(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "out" / ACCOUNT).open(encoding="utf-8-sig", newline="") as file:
        return {row["event"]: row for row in csv.DictReader(file)}


def nobody_in(folder: Path, *texts: str, files: tuple[Path, ...] = ()) -> bool:
    log = folder / "said.txt"
    log.write_text("\n".join(texts), encoding="utf-8")
    identifiers = load_with_identifiers(folder / "events/beta")[1]
    return search([log, *files], identifiers) == []


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_one_event_that_leaks_waits_in_quarantine_and_the_others_are_made(folder):
    made = batch(folder)
    assert made.returncode == 1, made.stderr
    rows = account(folder)
    assert {name: (row["state"], row["exit_code"]) for name, row in rows.items()} == {
        "alpha": ("made", "0"),
        "beta": ("quarantined", "3"),
        "gamma": ("made", "0"),
    }
    said = rows["beta"]["said"]
    assert "liste.csv (texte\u00a0: nom d’une personne)" in said and "beta.quarantaine" in said
    out = folder / "out"
    assert {path.name for path in out.iterdir() if not path.name.endswith(".a-relire.html")} == {
        *("alpha", "gamma", "beta.quarantaine", ACCOUNT)
    }
    assert (out / "beta.quarantaine").stat().st_mode & 0o077 == 0
    assert "en quarantaine" in made.stdout and "2 bilans sur 3" in made.stdout
    assert nobody_in(folder, made.stdout, made.stderr, files=(out / ACCOUNT,))

    again = batch(folder, "--resume")
    assert again.returncode == 1
    assert [row["state"] for row in account(folder).values()] == [
        "current",
        "quarantined",
        "current",
    ]
    mended = batch(folder, "--resume", careless=False)
    assert mended.returncode == 0, mended.stdout
    assert {name: row["state"] for name, row in account(folder).items()} == {
        "alpha": "current",
        "beta": "made",
        "gamma": "current",
    }
    assert (out / "beta/measures.csv").is_file() and not (out / "beta.quarantaine").exists()


def test_what_a_batch_made_before_stays_when_the_next_leaks(folder):
    assert batch(folder, careless=False).returncode == 0
    before = {name: manifest_of(folder / "out" / name) for name in EVENTS}
    assert batch(folder).returncode == 1
    assert {name: manifest_of(folder / "out" / name) for name in EVENTS} == before
    assert (folder / "out/beta.quarantaine/dossier/liste.csv").is_file()
    assert batch(folder, "--resume", careless=False).returncode == 0
    assert account(folder)["beta"]["state"] == "current"


def test_a_report_that_leaks_is_refused_with_exit_3(folder):
    refused = run(folder, "report", "--formats", "measures")
    assert refused.returncode == 3, refused.stderr
    assert "liste.csv (texte\u00a0: nom d’une personne)" in refused.stderr
    assert not (folder / "out/beta").exists()
    assert nobody_in(folder, refused.stdout, refused.stderr)


def test_a_comparison_that_leaks_leaves_the_one_before_it(folder):
    assert run(folder, "compare", careless=False).returncode == 0
    before = manifest_of(folder / "out/comparaison")
    refused = run(folder, "compare")
    assert refused.returncode == 3, refused.stderr
    assert "comparaison.html (texte\u00a0: nom d’une personne)" in refused.stderr
    assert nobody_in(folder, refused.stdout, refused.stderr)
    assert manifest_of(folder / "out/comparaison") == before
    assert (folder / "out/comparaison.quarantaine/comparaison.html").is_file()
    assert run(folder, "compare", careless=False).returncode == 0
    assert not (folder / "out/comparaison.quarantaine").exists()
