"""What is printed: no order to the terminal, no value of a cell, whatever a folder is called."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from small_event import write_event

from necbilan.cli import main
from necbilan.errors import RenderingFailed, trace_of
from necbilan.publishing import report as reporting
from necbilan.publishing.batch import Outcome
from necbilan.publishing.batch_text import line_of
from necbilan.publishing.leaks import search
from necbilan.safe_cells import visible
from necbilan.sources import load_with_identifiers

ORDERS = "\x1b]0;pris\x07\x1b[31m\x1b[2J\x9b31m\u202e\r"
"""sets the window's title, colours, clears the screen, turns writing round, goes back"""
posix = pytest.mark.skipif(os.name == "nt", reason="Windows takes no such name")


def obeyed(said: str) -> list[str]:
    """The characters that a terminal would act upon."""
    return [sign for sign in said if sign != "\n" and (visible(sign) != sign or sign in "\r\t")]


@posix
@pytest.mark.parametrize("verb", ["report", "check", "batch", "compare", "purge"])
def test_no_verb_prints_an_order_that_stands_in_a_path(tmp_path, capsys, verb):
    main([verb, str(tmp_path / f"absent{ORDERS}")])
    said = capsys.readouterr()
    assert "absent" in said.err and obeyed(said.out + said.err) == []


@posix
def test_no_verb_prints_an_order_that_stands_in_a_file(tmp_path, capsys):
    event = write_event(tmp_path / f"essai{ORDERS}", title="Fête")
    (event / "reponses.csv").rename(event / f"réponses{ORDERS}.csv")
    text = (event / "event.toml").read_text(encoding="utf-8")
    text = text.replace('"reponses.csv"', json.dumps(f"réponses{ORDERS}.csv"))
    (event / "event.toml").write_text(text, encoding="utf-8")
    people = event / "inscriptions.csv"
    people.write_text(
        people.read_text(encoding="utf-8").replace("Structure", "Struc\x9b31m\u202eture"),
        encoding="utf-8",
    )
    for arguments in (["check"], ["check", "--lang", "en"], ["report", "--out", str(tmp_path)]):
        main([arguments[0], str(event), *arguments[1:]])
        said = capsys.readouterr()
        assert said.out + said.err and obeyed(said.out + said.err) == [], arguments


@posix
def test_a_batch_prints_and_writes_no_order_and_no_line_of_another(tmp_path, capsys):
    forged = f"cassé{ORDERS}\nfait            innocent (1,0 s)"
    event = write_event(tmp_path / "events" / forged)
    (event / "event.toml").write_text("rien = [", encoding="utf-8")
    main(["batch", str(tmp_path / "events"), "--out", str(tmp_path / "out")])
    said = capsys.readouterr()
    assert obeyed(said.out + said.err) == []
    assert not [line for line in said.out.splitlines() if line.startswith("fait")]
    written = (tmp_path / "out/lot.csv").read_text(encoding="utf-8-sig")
    assert not set(written) & set("\x1b\x07\x9b")
    assert "\n" not in line_of(Outcome("un\ndeux", "un\ndeux", "made"), "fr")


@posix
def test_a_file_name_that_is_no_text_stops_nothing(tmp_path):
    event = write_event(tmp_path / "essai")
    text = (event / "event.toml").read_text(encoding="utf-8")
    before, after = text.split("[files]")[0], text[text.index("[[activities]]") :]
    (event / "event.toml").write_text(before + after, encoding="utf-8")
    odd = os.fsdecode(os.fsencode(event) + b"/r\xe9ponses.csv")
    (event / "reponses.csv").rename(odd)
    code = ["-m", "necbilan.cli", "report", str(event), "--out", str(tmp_path / "out")]
    run = subprocess.run(
        [sys.executable, *code, "--formats", "html,measures"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "rponses.csv" in (tmp_path / "out/essai/bilan.html").read_text(encoding="utf-8")


PERSON = "Aline Zarbignon, 06 39 98 00 12"


def test_a_trace_tells_where_and_quotes_no_value(tmp_path, capsys, monkeypatch):
    """pandas, float(), a key that is missing: their words are the cell's."""
    event = write_event(tmp_path / "essai")

    def fails(shown: object) -> None:
        try:
            pd.to_numeric(pd.Series([PERSON]))
        except ValueError as cause:
            cause.add_note(PERSON)
            raise KeyError(PERSON) from cause

    monkeypatch.setattr(reporting, "measure", fails)
    code = main(["report", str(event), "--out", str(tmp_path / "out"), "--debug"])
    said = capsys.readouterr().err
    assert code == 70 and "Traceback" in said and "to_numeric" in said
    assert "ValueError" in said and "KeyError" in said
    assert "Zarbignon" not in said and "98 00" not in said


def test_a_trace_shows_the_words_of_our_own_errors_and_goes_round_no_circle():
    first, second = RenderingFailed("la cellule 2"), ValueError(PERSON)
    first.__cause__, second.__context__ = second, first
    told = trace_of(first)
    assert told.endswith("RenderingFailed: la cellule 2") and told.count("ValueError") == 1
    assert "Zarbignon" not in told


@pytest.mark.parametrize("debug", [[], ["--debug"]])
def test_a_notebook_that_fails_on_a_person_says_nothing_of_her_in_any_stream(
    tmp_path, monkeypatch, capsys, debug
):
    import nbformat

    from necbilan.publishing import notebooks

    event = write_event(tmp_path / "essai")
    notebook = notebooks.read("bilan")
    notebook.cells[1].source = (
        "import warnings, logging\nfrom pathlib import Path\n"
        "row = Path(folder, 'inscriptions.csv').read_text(encoding='utf-8').splitlines()[1]\n"
        "print(row); warnings.warn(row); logging.getLogger('x').warning(row)\n"
        "int(row)"
    )
    nbformat.write(notebook, tmp_path / "bilan.ipynb")
    monkeypatch.setattr(notebooks, "notebook_path", lambda name: tmp_path / "bilan.ipynb")
    code = main(["report", str(event), "--out", str(tmp_path / "out"), *debug])
    said = capsys.readouterr()
    log = tmp_path / "journal.txt"
    log.write_text(said.out + said.err, encoding="utf-8")
    kept = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert code == 70 and "cellule" in said.err
    assert search([log, *kept], load_with_identifiers(event)[1]) == []


def test_no_library_logs_or_warns_of_a_person_even_when_asked_to_tell_all(tmp_path, caplog, capfd):
    event = write_event(tmp_path / "essai")
    with caplog.at_level(logging.DEBUG):
        folder = reporting.publish(event, tmp_path / "out", ("html", "pdf", "measures"))
    assert folder.is_dir()
    log = tmp_path / "journal.txt"
    streams = capfd.readouterr()
    log.write_text("\n".join([caplog.text, streams.out, streams.err]), encoding="utf-8")
    assert search([log], load_with_identifiers(event)[1]) == []


def test_no_property_of_a_file_tells_who_ran_or_where(tmp_path, monkeypatch):
    """Word and Excel sign with the session's name; ours sign with nothing of the machine."""
    from necbilan.sources.privacy.identifiers import Identifiers

    for name in ("USER", "LOGNAME", "USERNAME", "NAME", "HOSTNAME", "COMPUTERNAME", "EMAIL"):
        monkeypatch.setenv(name, "Perrine Kestrilou")
    monkeypatch.setenv("HOME", str(tmp_path / "perrine kestrilou"))
    event = write_event(tmp_path / "machine de perrine kestrilou" / "essai")
    every = tuple(name for name, _ in reporting.WRITERS)
    folder = reporting.publish(event, tmp_path / "out", every)
    held = Identifiers(names=[("Perrine", "Kestrilou")])
    assert search([path for path in folder.rglob("*") if path.is_file()], held) == []
    machine = [str(tmp_path).encode(), str(Path.home()).encode()]
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".png":
            assert not [place for place in machine if place in path.read_bytes()], path.name
