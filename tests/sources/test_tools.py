"""Every export of every tool: its mapping, its people, its answers, one by one.

The figures of ``spreadsheets/`` were counted apart, with a plain value_counts of the
files' cells; those of ``genuine/`` stand in its manifest and truth.json.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from counted import answers, counts

from necbilan.errors import BlockedByProblems
from necbilan.model import Dossier
from necbilan.publishing.account_text import account_text
from necbilan.sources import load
from necbilan.sources.account import check
from necbilan.sources.proposing import proposals
from necbilan.sources.workbook import sheet_names

DATA = Path(__file__).parents[1] / "data"
GENUINE = DATA / "genuine"
EVENT = 'id = "essai"\nname = "Essai"\ndate = 2026-10-08\nplace = "Ici"\n\n[files]\n'


def event_of(folder: Path, file: Path, kind: str) -> Path:
    """An event with that one file."""
    shutil.copy(file, folder / file.name)
    (folder / "event.toml").write_text(f'{EVENT}{kind} = "{file.name}"\n', encoding="utf-8")
    return folder


def submissions(dossier: Dossier) -> int:
    assert dossier.responses is not None
    return int(dossier.responses["role"].eq("submission").sum())


# --- registrations of each tool -----------------------------------------------------------

REGISTRATIONS = {
    "billetweb/synthetic_billets.csv": (
        "Billetweb",
        {"registered": 16, "pending": 3, "cancelled": 1, "present": 7},
    ),
    "demarches_simplifiees/synthetic_dossiers.xlsx": (
        "Démarches simplifiées",
        {"registered": 5, "pending": 8, "cancelled": 7},
    ),
    "emargement/synthetic_emargement.xlsx": ("", {"registered": 24, "present": 21}),
    "eventbrite/synthetic_attendees_en.csv": (
        "Eventbrite",
        {"registered": 16, "cancelled": 4, "present": 7},
    ),
    "grist/synthetic_inscrits.csv": ("", {"registered": 20, "present": 8}),
    "helloasso/synthetic_billetterie.csv": ("HelloAsso", {"registered": 21, "cancelled": 9}),
    "indico/synthetic_registrations.csv": (
        "Indico",
        {"registered": 15, "pending": 1, "cancelled": 4, "present": 15},
    ),
    "mobilizon/synthetic_participants_fr.csv": (
        "Mobilizon",
        {"registered": 14, "pending": 5, "cancelled": 1},
    ),
    "pretix/synthetic_checkin_fr.csv": (
        "pretix (liste d’enregistrement)",
        {"registered": 21, "pending": 4, "present": 18},
    ),
}


@pytest.mark.parametrize("name", REGISTRATIONS)
def test_registrations_of_each_tool_give_their_people(name: str, tmp_path: Path) -> None:
    tool, expected = REGISTRATIONS[name]
    dossier = load(event_of(tmp_path, DATA / "spreadsheets" / name, "registrations"))
    assert dossier.facts.sources[0].tool == tool
    assert counts(dossier) == expected
    assert dossier.facts.presence == ("not_measured" if "present" not in expected else how(tool))


def how(tool: str) -> str:
    return "scan" if tool else "roll"


def test_no_presence_column_is_unknown_and_never_zero(tmp_path: Path) -> None:
    file = DATA / "spreadsheets/helloasso/synthetic_billetterie.csv"
    dossier = load(event_of(tmp_path, file, "registrations"))
    assert dossier.registrations is not None
    assert dossier.registrations["present"].isna().all()


def test_helloasso_tells_volunteers_and_speakers_from_the_public_by_their_ticket(
    tmp_path: Path,
) -> None:
    file = DATA / "spreadsheets/helloasso/synthetic_billetterie.csv"
    people = load(event_of(tmp_path, file, "registrations")).registrations
    assert people is not None
    assert people["role"].value_counts().to_dict() == {"team": 14, "speaker": 8, "public": 8}
    chosen = people["activities"].dropna().explode().value_counts().to_dict()
    assert chosen == {"Atelier IA": 15, "Fresque du numérique": 8}


def test_mobilizon_creator_organises_and_anonymous_people_are_each_counted(tmp_path: Path) -> None:
    file = DATA / "spreadsheets/mobilizon/synthetic_participants_fr.csv"
    people = load(event_of(tmp_path, file, "registrations")).registrations
    assert people is not None
    assert people["role"].value_counts().to_dict() == {"public": 19, "team": 1}
    assert len(people) == 20


def test_weezevent_headings_are_recognised(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text(
        "Identifiant,Nom participant,Prénom participant,E-mail Participant,Société,Tarif,Twitter\n"
        "1,Inventet,Aline,aline@exemple.invalid,La Poste,Speaker,\n"
        "2,Quibolle,Bruno,bruno@exemple.invalid,La Poste,Public,\n",
        encoding="utf-8",
    )
    (tmp_path / "event.toml").write_text(f'{EVENT}registrations = "liste.csv"\n', encoding="utf-8")
    dossier = load(tmp_path)
    assert dossier.facts.sources[0].tool == "Weezevent"
    assert dossier.registrations is not None
    assert dossier.registrations["role"].tolist() == ["speaker", "public"]


def test_order_of_several_seats_is_that_many_people(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(
        "Order #,Order Date,First Name,Last Name,Email,Quantity,Order Status\n"
        "1,2025-09-03,Aline,Inventet,aline@exemple.invalid,3,Completed\n"
        "2,2025-09-04,Bruno,Quibolle,bruno@exemple.invalid,1,Refunded\n",
        encoding="utf-8",
    )
    (tmp_path / "event.toml").write_text(f'{EVENT}registrations = "orders.csv"\n', encoding="utf-8")
    assert counts(load(tmp_path)) == {"registered": 3, "cancelled": 1}


# --- surveys of each tool -----------------------------------------------------------------

SURVEYS = {
    "framaforms/synthetic_separate_comma.csv": (
        "Framaforms",
        22,
        {
            "Fresque du numérique": 12,
            "Atelier IA, et moi ?": 9,
            "Speed-meeting": 9,
            "Table ronde : le numérique responsable": 9,
        },
    ),
    "framaforms/synthetic_excel_FAKE.xls": (
        "Framaforms",
        22,
        {
            "Fresque du numérique": 10,
            "Atelier IA, et moi ?": 9,
            "Speed-meeting": 8,
            "Table ronde : le numérique responsable": 6,
        },
    ),
    "limesurvey/synthetic_codetext_fr.csv": (
        "LimeSurvey",
        21,
        {
            "Atelier IA, et moi ?": 7,
            "Speed-meeting": 7,
            "Table ronde : le numérique responsable": 6,
            "Fresque du numérique": 4,
        },
    ),
    "ms_forms/synthetic_satisfaction_fr.xlsx": (
        "Microsoft Forms",
        25,
        {
            "Atelier IA, et moi ?": 11,
            "Speed-meeting": 9,
            "Fresque du numérique": 8,
            "Table ronde : le numérique responsable": 6,
        },
    ),
    "tally/synthetic_tally.csv": (
        "Tally",
        20,
        {
            "Atelier IA, et moi ?": 13,
            "Fresque du numérique": 11,
            "Table ronde : le numérique responsable": 11,
        },
    ),
}


@pytest.mark.parametrize("name", SURVEYS)
def test_survey_of_each_tool_gives_its_choices_in_any_encoding(name: str, tmp_path: Path) -> None:
    tool, expected, chosen = SURVEYS[name]
    dossier = load(event_of(tmp_path, DATA / "spreadsheets" / name, "survey"))
    assert dossier.facts.sources[0].tool == tool
    assert submissions(dossier) == expected
    assert answers(dossier, "attended_activities") == chosen


def test_drafts_are_no_answers_and_are_told(tmp_path: Path) -> None:
    file = DATA / "spreadsheets/framaforms/synthetic_separate_comma.csv"
    source = load(event_of(tmp_path, file, "survey")).facts.sources[0]
    assert (source.lines, source.kept) == (25, 22)
    assert source.dropped == (("brouillon ou réponse inachevée", 3),)


def test_survey123_codes_are_read_as_words(tmp_path: Path) -> None:
    file = DATA / "spreadsheets/survey123/enquete_acteurs_fr_redacted.csv"
    dossier = load(event_of(tmp_path, file, "survey"))
    assert dossier.facts.sources[0].tool == "Survey123"
    assert submissions(dossier) == 19
    assert answers(dossier, "other")["Gratuit"] == 14


def test_answer_codes_are_refused_with_the_way_to_export_labels(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text(
        "id,submitdate,lastpage,SAT\n1,2025-09-09 15:25:11,3,A1\n2,2025-09-09 15:26:11,3,A2\n",
        encoding="utf-8",
    )
    (tmp_path / "event.toml").write_text(f'{EVENT}survey = "codes.csv"\n', encoding="utf-8")
    with pytest.raises(BlockedByProblems, match="Réponses complètes"):
        load(tmp_path)


def test_lists_of_ordered_answers_are_known_scales() -> None:
    from necbilan.sources.survey.scales import recognise_scale

    for name, levels in (("agree", 5), ("time_5", 5), ("satisfied_10", 11)):
        text = (DATA / f"spreadsheets/limesurvey/answers_likert_{name}.csv").read_text("utf-8")
        labels = text.split("\n")[:-1] if text.endswith("\n") else text.split("\n")
        wording = "de 0 à 10" if name == "satisfied_10" else ""
        scale = recognise_scale([label for label in labels if label], wording)
        assert scale is not None, name
        ranks = [scale.level(label) for label in labels if label]
        assert ranks == list(range(1, levels + 1)), name


# --- files written by the real software -----------------------------------------------------


def manifest(kind: str) -> list[dict[str, str]]:
    with (GENUINE / "manifest.csv").open(encoding="utf-8", newline="") as source:
        return [
            row for row in csv.DictReader(source) if row["kind"] == kind and not row["password"]
        ]


NOT_PEOPLE = "pretix/A_orders_fr_excel.csv"


@pytest.mark.parametrize("case", manifest("registration"), ids=lambda case: case["file"])
def test_genuine_list_gives_its_distinct_people(case: dict[str, str], tmp_path: Path) -> None:
    folder = event_of(tmp_path, GENUINE / case["file"], "registrations")
    if case["file"] == NOT_PEOPLE:
        with pytest.raises(BlockedByProblems, match="une ligne par payeur"):
            load(folder)
        return
    dossier = load(folder)
    found = counts(dossier)
    assert dossier.registrations is not None
    assert len(dossier.registrations) == int(case["distinct_persons"])
    assert found.get("registered", 0) == int(case["registered"])
    assert found.get("present", 0) == int(case["present"])
    assert found.get("pending", 0) == int(case["pending"] or 0)
    assert found.get("cancelled", 0) == int(case["cancelled"] or 0) + int(case["expired"] or 0)


SAYS_NOTHING = 6  # remarks that say «RAS», «-» or the like
PROFILES = {
    "Collectivité": "local_authority_agent",
    "Association": "association",
    "État": "state",
    "Entreprise, ESS": "company",
    "Autre": "other",
}


def named(dossier: Dossier, role: str, labels: set[str] | None = None) -> set[str]:
    """The respondents who answered a question of that role, by one of the labels if given."""
    assert dossier.responses is not None
    said = dossier.responses[dossier.responses["role"].eq(role)].dropna(subset=["answer"])
    return set(said.loc[said["answer"].isin(labels or set(said["answer"])), "respondent"])


def notes(dossier: Dossier) -> tuple[int, int]:
    """How many gave a note from 0 to 10 to the organisation, and the sum of the notes."""
    assert dossier.responses is not None
    said = dossier.responses[dossier.responses["role"].eq("organisation_logistics")]
    levels = said["level"].dropna()
    return len(levels), int((levels - 1).sum())


@pytest.mark.parametrize("case", manifest("survey"), ids=lambda case: case["file"])
def test_genuine_survey_gives_its_answers(case: dict[str, str], tmp_path: Path) -> None:
    truth = json.loads((GENUINE / "truth.json").read_text(encoding="utf-8"))["surveys"]["S1"]
    dossier = load(event_of(tmp_path, GENUINE / case["file"], "survey"))
    impression = {label: n for label, n in truth["impression"].items() if n}
    assert submissions(dossier) == truth["rows"]
    assert answers(dossier, "overall_satisfaction") == impression
    most = answers(dossier, "liked_most")
    assert {label: most[label] for label in truth["most"]} == truth["most"]
    listed = named(dossier, "liked_most", set(truth["most"]))
    assert submissions(dossier) - len(listed) == truth["most_blank"]
    assert len(named(dossier, "word_association")) == truth["words"]
    assert len(named(dossier, "free_comment")) == truth["remarks"] - SAYS_NOTHING
    assert notes(dossier) == (truth["note_n"], truth["note_sum"])
    assert answers(dossier, "profile") == {PROFILES[label]: n for label, n in truth["org"].items()}
    least = {label: n for label, n in truth["least"].items() if label != "Rien du tout"}
    assert {label: answers(dossier, "liked_least")[label] for label in least} == least
    question = dossier.facts.question("overall_satisfaction")
    assert question is not None
    assert (len(question.scale), question.positive) == (4, 2)
    assert question.no_opinion == ("Sans opinion",)


def test_quotas_name_nobody_and_are_refused(tmp_path: Path) -> None:
    folder = event_of(tmp_path, GENUINE / "pretix/A_quotas_fr_semicolon.csv", "registrations")
    with pytest.raises(BlockedByProblems, match="il ne nomme personne"):
        load(folder)


def test_sheet_of_people_is_chosen_among_those_of_a_workbook_and_said(tmp_path: Path) -> None:
    file = GENUINE / "pretix/A_orders_fr_xlsx.xlsx"
    dossier = load(event_of(tmp_path, file, "registrations"))
    assert len(sheet_names(file)) > 1
    assert "W_SHEET_CHOSEN" in {problem.code for problem in dossier.problems}


@pytest.mark.parametrize(
    ("file", "kind", "columns"),
    [
        (
            "pretix/A_checkin_main_fr_default.csv",
            "registrations",
            {
                "Enregistrement effectué": "présence",
                "Passé en caisse": "départ",
                "Structure": "structure",
                "Ateliers souhaités l'après-midi": "activités choisies",
                "Régime alimentaire": "régime alimentaire (non conservé)",
                "État": "adresse (non conservée)",
            },
        ),
        (
            "indico/A_registrations.xlsx",
            "registrations",
            {
                "Registration state": "statut",
                "Checked in": "présence",
                "Affiliation": "structure",
                "Nombre d'accompagnants": "accompagnants (non comptés)",
            },
        ),
        (
            "webform/S1_sep_comma.csv",
            "survey",
            {
                "Draft": "colonne technique",
                "Trois mots pour résumer la journée": "question\u00a0: mots évoqués",
                "Remarques, suggestions libres": "question\u00a0: commentaire libre",
            },
        ),
    ],
)
def test_account_says_what_each_column_became(
    file: str, kind: str, columns: dict[str, str], tmp_path: Path
) -> None:
    account = check(event_of(tmp_path, GENUINE / file, kind))
    said = {column.heading.split(" › ")[-1]: column.becomes for column in account.files[0].columns}
    assert {heading: said[heading] for heading in columns} == columns


def test_account_and_proposals_hold_no_personal_value(tmp_path: Path) -> None:
    folder = event_of(tmp_path, GENUINE / "pretix/A_checkin_main_fr_default.csv", "registrations")
    account = check(folder)
    people = pd.read_csv(folder / "A_checkin_main_fr_default.csv", dtype=str)
    told = account_text(account) + account.json()
    told += "".join(path.read_text("utf-8-sig") for path in folder.glob("decisions.csv"))
    for column in ("E-Mail", "Nom du participant", "Numéro de téléphone"):
        for value in people[column].dropna():
            assert value not in told


CODES = "id,submitdate,lastpage,SAT,ATEL[SQ001],NPS,REM,XYZ"
CUT = (
    "ID de la répons..,Date de soumiss..,Dernière page,Êtes-vous globa..,"
    "Quels ateliers .. [Fresque],Recommanderiez-..,Des remarques ?,Sur une échelle.."
)


@pytest.mark.parametrize("headings", [CODES, CUT], ids=["code", "abbreviated"])
def test_headings_that_say_little_are_read_and_each_question_is_asked(
    headings: str, tmp_path: Path
) -> None:
    (tmp_path / "avis.csv").write_text(
        f"{headings}\n"
        "1,2025-09-09 15:25:11,3,Très satisfait,Oui,9,Bravo,3\n"
        "2,2025-09-09 15:26:11,3,Peu satisfait,Non,7,,4\n"
        "3,,1,Peu satisfait,Non,7,,4\n",
        encoding="utf-8",
    )
    (tmp_path / "event.toml").write_text(f'{EVENT}survey = "avis.csv"\n', encoding="utf-8")
    dossier = load(tmp_path)
    assert dossier.facts.sources[0].tool == "LimeSurvey"
    assert submissions(dossier) == 2
    assert answers(dossier, "overall_satisfaction") == {"Très satisfait": 1, "Peu satisfait": 1}
    assert sum(answers(dossier, "attended_activities").values()) == 1
    assert answers(dossier, "free_comment") == {"Bravo": 1}
    (told,) = [p for p in dossier.problems if p.code == "A_HEADING_CODES"]
    assert told.severity == "ask"
    assert "Texte complet des questions" in told.remedy
    asked = {p.key: p.proposal for p in proposals(tmp_path) if p.kind in ("question", "scale")}
    assert len(asked) >= 3
    assert "impression globale" in asked.values()


def test_headings_with_underscores_for_spaces_are_read(tmp_path: Path) -> None:
    (tmp_path / "avis.csv").write_text(
        "submitdate._Date_de_soumission,lastpage._Dernière_page,"
        "SAT._Quelle_est_votre_impression_générale_?\n"
        "2025-09-09 15:25:11,3,Très satisfait\n2025-09-09 15:26:11,3,Peu satisfait\n",
        encoding="utf-8",
    )
    (tmp_path / "event.toml").write_text(f'{EVENT}survey = "avis.csv"\n', encoding="utf-8")
    dossier = load(tmp_path)
    assert answers(dossier, "overall_satisfaction") == {"Très satisfait": 1, "Peu satisfait": 1}


def test_rows_that_organisers_wrote_to_try_their_form_are_told_and_left(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text(
        "Nom,Prénom,Courriel\nTest,Test,a@b.fr\nTesteron,Aline,c@d.fr\n", encoding="utf-8"
    )
    (tmp_path / "event.toml").write_text(f'{EVENT}registrations = "liste.csv"\n', encoding="utf-8")
    dossier = load(tmp_path)
    assert counts(dossier) == {"registered": 1}
    assert dossier.facts.sources[0].dropped == (("ligne de test", 1),)


def test_form_keys_as_headings_are_read(tmp_path: Path) -> None:
    (tmp_path / "avis.csv").write_text(
        "serial,submitted_time,draft,impression_generale,date_d'inscription\n"
        "1,08/10/2026 - 19:29,0,Très satisfait,\n2,08/10/2026 - 19:31,0,Peu satisfait,\n",
        encoding="utf-8",
    )
    (tmp_path / "event.toml").write_text(f'{EVENT}survey = "avis.csv"\n', encoding="utf-8")
    assert sum(answers(load(tmp_path), "overall_satisfaction").values()) == 2


def test_microsoft_forms_address_that_is_anonymous_gives_way_to_the_asked_one(
    tmp_path: Path,
) -> None:
    (tmp_path / "liste.csv").write_text(
        "ID,Heure de début,Heure de fin,Adresse de messagerie,Nom,Votre nom et prénom,"
        "Votre adresse mail\n"
        "3,04/03/2025 10:00,04/03/2025 10:02,anonymous,,Aline Inventet,aline@exemple.invalid\n"
        "4,04/03/2025 11:00,04/03/2025 11:02,anonymous,,Aline INVENTET,aline@exemple.invalid\n",
        encoding="utf-8",
    )
    (tmp_path / "event.toml").write_text(f'{EVENT}registrations = "liste.csv"\n', encoding="utf-8")
    assert counts(load(tmp_path)) == {"registered": 1}


def test_status_that_says_who_came_is_a_presence(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text(
        "Nom,Prénom,Statut\nInventet,Aline,Présente\nQuibolle,Bruno,Absent\nVrapeau,Denis,Annulé\n",
        encoding="utf-8",
    )
    (tmp_path / "event.toml").write_text(f'{EVENT}registrations = "liste.csv"\n', encoding="utf-8")
    dossier = load(tmp_path)
    assert counts(dossier) == {"registered": 2, "cancelled": 1, "present": 1}
    assert dossier.facts.presence == "roll"
