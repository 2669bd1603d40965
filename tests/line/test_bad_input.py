"""What stops us is one French sentence and an exit code; what is missing is said, never 0."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from published import page

from necbilan.cli import main
from necbilan.publishing.report import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
OPALE = ROOT / "data_samples" / "opale-2025"
PDF_NAMED_XLSX = ROOT / "tests" / "data" / "hostile" / "pdf_named.xlsx"
IDENTITY = 'id = "essai"\nname = "Journée d’essai"\ndate = 2025-03-04\nplace = "Metz"\n'


def event(folder: Path, toml: str = "", **files: str) -> Path:
    """A folder with its event.toml; ``files`` are texts by name without «.csv»."""
    folder.mkdir()
    (folder / "event.toml").write_text(f"{IDENTITY}\n{toml}\n", encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def nothing(folder: Path) -> Path:
    return folder


def empty_folder(folder: Path) -> Path:
    folder.mkdir()
    return folder


def named_by_notepad(folder: Path) -> Path:
    event(folder)
    (folder / "event.toml").rename(folder / "event.toml.txt")
    return folder


def file_as_folder(folder: Path) -> Path:
    folder.write_text("rien", encoding="utf-8")
    return folder


def no_spreadsheet(folder: Path) -> Path:
    return event(folder)


def unknown_file(folder: Path) -> Path:
    return event(folder, '[files]\nregistrations = "inscriptions.csv"')


def pdf_named_xlsx(folder: Path) -> Path:
    event(folder, '[files]\nregistrations = "inscriptions.xlsx"')
    shutil.copy(PDF_NAMED_XLSX, folder / "inscriptions.xlsx")
    return folder


def no_question(folder: Path) -> Path:
    return event(folder, '[files]\nsurvey = "reponses.csv"', reponses="Alpha;Beta\nx;y\nz;t\n")


def no_name_or_email(folder: Path) -> Path:
    rows = "Structure;Ville\nMairie;Metz\nCCAS;Nancy\n"
    return event(folder, '[files]\nregistrations = "inscriptions.csv"', inscriptions=rows)


def nobody_in_the_list(folder: Path) -> Path:
    rows = "Nom;Prénom;Courriel\n"
    return event(folder, '[files]\nregistrations = "inscriptions.csv"', inscriptions=rows)


def unknown_key(folder: Path) -> Path:
    return event(folder, "targett = 12")


def wrong_type(folder: Path) -> Path:
    return event(folder, 'capacity = "beaucoup"')


CASES = [
    (nothing, 66, "entrée", "n’existe pas"),
    (empty_folder, 66, "event.toml est introuvable", "date = 2025-10-16"),
    (named_by_notepad, 66, "event.toml.txt", "doit s’appeler event.toml"),
    (file_as_folder, 66, "ce n’est pas un dossier", "Indiquez le dossier"),
    (no_spreadsheet, 66, "aucun tableur", "Ajoutez l’export"),
    (unknown_file, 66, "inscriptions.csv", "n’est pas dans le dossier"),
    (pdf_named_xlsx, 65, "inscriptions.xlsx", "un PDF, pas un tableur"),
    (no_question, 65, "reponses.csv", "aucune question n’a été reconnue"),
    (no_name_or_email, 65, "inscriptions.csv", "aucune colonne de noms ni d’adresses e-mail"),
    (nobody_in_the_list, 65, "inscriptions.csv", "aucune ligne de données"),
    (unknown_key, 65, "targett", "«\u00a0target\u00a0» peut-être"),
    (wrong_type, 65, "capacity", "nombre entier"),
]


@pytest.mark.parametrize(("make", "code", "where", "what"), CASES)
def test_input_that_cannot_be_used_is_refused_in_one_sentence(
    tmp_path, capsys, make, code, where, what
):
    folder, out = make(tmp_path / "entrée"), tmp_path / "out"
    assert main(["report", str(folder), "--out", str(out)]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("necbilan\u00a0: ")
    first, *lines_to_copy = said.err.strip().splitlines()
    assert first.strip()
    assert all(line.startswith("  ") for line in lines_to_copy)
    assert where in said.err
    assert what in said.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "il manque une commande\u00a0: check, report, batch, compare ou purge."),
        (["report"], "il manque\u00a0: DOSSIER."),
        (["raport", "x"], "«\u00a0raport\u00a0» n’est pas une commande"),
        (["report", "mon", "dossier"], "en trop\u00a0: dossier. Un chemin avec des espaces"),
        (["report", "x", "--colour"], "option inconnue\u00a0: --colour."),
        (["report", "x", "--lang"], "--lang\u00a0: une valeur est attendue."),
        (["report", str(OPALE), "--formats", "html,docx"], "format inconnu\u00a0: docx."),
        (["report", str(OPALE), "--lang", "de"], "choisissez fr ou en"),
        (["purge", "x", "--before", "hier"], "n’est pas une date"),
    ],
)
def test_a_wrong_option_is_refused_by_name(tmp_path, capsys, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 64
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_no_system_takes_is_no_bug_of_ours(capsys):
    assert main(["check", "x" * 5000]) == 66
    assert "trop long" in capsys.readouterr().err


def test_an_output_folder_that_would_replace_the_input_is_refused(tmp_path, capsys):
    folder = tmp_path / "opale-2025"
    shutil.copytree(OPALE, folder)
    before = sorted(folder.rglob("*"))
    assert main(["report", str(folder), "--out", str(tmp_path), "--formats", "measures"]) == 73
    assert "choisissez un autre dossier avec --out" in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before


@pytest.fixture(scope="module")
def checked(tmp_path_factory) -> Callable[..., bytes]:
    """What ``necbilan check`` writes to a terminal of that encoding."""
    folder = tmp_path_factory.mktemp("terminal") / "opale-2025"
    shutil.copytree(OPALE, folder)
    command = [sys.executable, "-m", "necbilan.cli", "check", str(folder)]

    @cache
    def said(encoding: str, *more: str) -> bytes:
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        run = subprocess.run([*command, *more], capture_output=True, check=True, env=environment)
        return run.stdout

    return said


@pytest.mark.parametrize("alphabet", ["ascii", "cp1252", "cp850"])
def test_what_the_terminal_cannot_show_is_written_with_what_it_can(checked, alphabet):
    told, whole = checked(alphabet).decode(alphabet), checked("utf-8").decode("utf-8")
    assert "->" in told and "\\" not in told
    assert told.count("?") == whole.count("?")


def test_json_is_utf_8_whatever_the_terminal(checked):
    assert json.loads(checked("ascii", "--json").decode("utf-8"))["exit_code"] == 0


def test_the_help_names_every_format(capsys):
    with pytest.raises(SystemExit):
        main(["report", "--help"])
    told = capsys.readouterr().out
    for name, _ in WRITERS:
        assert re.search(rf"\b{name}\b", told), name


def test_help_is_in_french(capsys):
    with pytest.raises(SystemExit) as left:
        main(["report", "--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert "montrer cette aide" in text
    assert not re.search(r"\b(?:show|the|this|message|positional)\b", text)


def test_a_traceback_is_shown_only_when_asked(tmp_path):
    command = [sys.executable, "-m", "necbilan.cli", "report", str(tmp_path / "rien")]
    runs = [
        subprocess.run([*command, *more], capture_output=True, text=True, check=False, cwd=tmp_path)
        for more in ([], ["--debug"])
    ]
    assert [run.returncode for run in runs] == [66, 66]
    assert [run.stdout for run in runs] == ["", ""]
    assert "Traceback" not in runs[0].stderr
    assert "Traceback" in runs[1].stderr
    assert runs[1].stderr.endswith(runs[0].stderr)


def test_a_refused_run_leaves_the_report_made_before(tmp_path, capsys):
    folder = tmp_path / "opale-2025"
    shutil.copytree(OPALE, folder)
    command = ["report", str(folder), "--out", str(tmp_path / "out"), "--formats", "measures"]
    assert main(command) == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out/opale-2025").iterdir()}
    (folder / "reponses.csv").write_text("Alpha;Beta\nx;y\n", encoding="utf-8")
    assert main(command) == 65
    after = {path.name: path.read_bytes() for path in (tmp_path / "out/opale-2025").iterdir()}
    assert after == before
    standing = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert standing == ["opale-2025", "opale-2025.a-relire.html"]
    assert "reponses.csv" in capsys.readouterr().err


def reported(folder: Path, out: Path) -> tuple[str, pd.DataFrame]:
    """The words of the page and the measures that the command wrote."""
    assert main(["report", str(folder), "--out", str(out), "--quiet"]) == 0
    made = next(out.iterdir())
    measures = pd.read_csv(made / "measures.csv", keep_default_na=False, dtype=str)
    return page(made / "bilan.html"), measures


def not_collected(measures: pd.DataFrame, *metrics: str) -> bool:
    """Whether each of these is a gap: its status says so and its value is empty."""
    rows = measures[measures["metric"].isin(metrics)]
    gaps = rows["status"].eq("not_collected") & rows["value"].eq("")
    return set(rows["metric"]) == set(metrics) and bool(gaps.all())


def part_of_opale(folder: Path, *kept: str) -> Path:
    """The Opale sample with these of its spreadsheets only."""
    folder.mkdir()
    toml = (OPALE / "event.toml").read_text(encoding="utf-8")
    for name, key in (
        ("inscriptions.csv", "registrations"),
        ("emargement.csv", "attendance"),
        ("reponses.csv", "survey"),
    ):
        if name in kept:
            shutil.copy(OPALE / name, folder / name)
        else:
            toml = toml.replace(f'{key} = "{name}"\n', "")
    if "emargement.csv" not in kept:
        toml = toml.replace('presence = "roll"\n', "")
    (folder / "event.toml").write_text(toml, encoding="utf-8")
    return folder


def test_registrations_only_give_a_report_that_says_there_was_no_survey(tmp_path):
    folder = part_of_opale(tmp_path / "opale", "inscriptions.csv")
    words, measures = reported(folder, tmp_path / "out")
    assert not_collected(measures, "responses", "response_rate", "satisfied_share", "present")
    assert "Ce que le public a pensé : il n’y a pas d’enquête" in words
    assert "Enquête :" not in words
    assert "La présence n’a pas été relevée" in words
    assert "0 réponse" not in words
    assert "0 personne présente" not in words


def test_a_survey_only_gives_a_report_without_a_rate(tmp_path):
    folder = part_of_opale(tmp_path / "opale", "reponses.csv")
    words, measures = reported(folder, tmp_path / "out")
    assert not_collected(measures, "present", "registered", "organisations", "response_rate")
    share = measures[measures["metric"].eq("satisfied_share")].iloc[0]
    assert (share["method"], share["base"]) == ("wilson", "")
    assert "Combien de personnes sont venues : la présence n’a pas été relevée" in words
    assert "le nombre de personnes présentes n’est pas connu" in words
    assert "si les personnes qui n’ont pas répondu ressemblent aux autres" in words
    assert "L’enquête ne permet pas de placer cette activité devant « Stand Sobriété »" in words
    assert "0 personne" not in words
    assert "personnes présentes, soit" not in words


def test_declared_figures_only_give_a_report_that_says_they_are_declared(tmp_path):
    toml = "[declared]\npresent = 120\norganisations = 45"
    words, measures = reported(event(tmp_path / "essai", toml), tmp_path / "out")
    present = measures[measures["metric"].eq("present")].iloc[0]
    assert (float(present["value"]), present["evidence"]) == (120.0, "declared")
    assert not_collected(measures, "registered", "responses", "satisfied_share", "speakers")
    assert "120 personnes présentes" in words
    assert "45 structures représentées" in words
    assert "déclaré" in words
    assert not re.search(r"\b0 (?:personne|structure|réponse|intervenant)", words)


def survey(answers: int) -> str:
    rows = ["Êtes-vous satisfait de cette journée ?;Qu'avez-vous le plus aimé ?"]
    rows += [f"{'Très satisfait' if rank else 'Peu satisfait'};Stand" for rank in range(answers)]
    return "\n".join(rows) + "\n"


def registrations(people: int) -> str:
    rows = ["Nom;Prénom;Courriel;Présent"]
    rows += [f"Essai{rank};Zoé;z{rank}@exemple.invalid;oui" for rank in range(people)]
    return "\n".join(rows) + "\n"


def test_three_answers_give_their_number_and_no_share(tmp_path):
    toml = (
        'presence = "roll"\n[files]\nregistrations = "inscriptions.csv"\nsurvey = "reponses.csv"\n'
        '[[activities]]\ntitle = "Stand"\nkind = "Stand"'
    )
    folder = event(tmp_path / "essai", toml, inscriptions=registrations(30), reponses=survey(3))
    words, measures = reported(folder, tmp_path / "out")
    assert "3 réponses pour 30 personnes présentes" in words
    hidden = measures[measures["metric"].isin(["satisfied_share", "overall_impression"])]
    assert set(hidden["status"]) == {"suppressed"}
    assert set(hidden["value"]) == {""}
    assert "positives" not in words
    assert "67" not in words


def test_an_event_of_two_days_says_both(tmp_path):
    toml = 'presence = "roll"\n[files]\nregistrations = "inscriptions.csv"'
    folder = event(tmp_path / "essai", toml, inscriptions=registrations(30))
    text = (folder / "event.toml").read_text(encoding="utf-8")
    text = text.replace("date = 2025-03-04", "dates = [2025-03-04, 2025-03-05]")
    (folder / "event.toml").write_text(text, encoding="utf-8")
    words, measures = reported(folder, tmp_path / "out")
    assert "4 et 5 mars 2025" in words
    assert "30 personnes présentes" in words
    assert measures.loc[measures["metric"].eq("present"), "value"].tolist() == ["30"]


def test_a_reader_that_stops_early_is_no_error(tmp_path):
    script = (
        "import sys; from necbilan.cli import main; "
        "sys.exit(main(['check', sys.argv[1], '--json']))"
    )
    folder = tmp_path / "event"
    folder.mkdir()
    (folder / "event.toml").write_text(
        'name = "E"\ndate = 2025-01-02\nplace = "Ici"\n[declared]\npresent = 12\n',
        encoding="utf-8",
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        run.stdout.close()
        said = run.stderr.read()
    assert run.returncode == 0
    assert said == b""


def test_comparison_names_each_event_that_cannot_be_read_and_says_so_by_its_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = event(tmp_path / "casse", '[files]\nregistrations = "absent.csv"')
    absent = tmp_path / "nulle-part"
    code = main(
        ["compare", str(OPALE), str(broken), str(absent), "--out", str(tmp_path / "reports")]
    )
    said = capsys.readouterr().err
    assert code == 1
    assert "casse" in said
    assert "absent.csv" in said
    assert "nulle-part" in said
    assert (tmp_path / "reports" / "comparaison" / "comparaison.html").is_file()
