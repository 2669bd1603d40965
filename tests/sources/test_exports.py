"""Exports of many shapes, written here as the tools and the people write them.

What each holds was counted by hand; the layouts are those of docs and of the tools' own
pages, the people are invented.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from counted import answers, counts

from necbilan.errors import BlockedByProblems
from necbilan.sources import load
from necbilan.sources.account import check

HEAD = 'id = "essai"\nname = "Essai"\ndate = 2025-11-05\nplace = "Ici"\ncommune = "Metz"\n'


def folder_of(folder: Path, **files: str) -> Path:
    """An event whose event.toml names no file."""
    (folder / "event.toml").write_text(HEAD, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


# --- lists of people ----------------------------------------------------------------------

EVENTBRITE = """N° de commande,Prénom,Nom de famille,Adresse e-mail,Statut du participant
1,Aline,Inventet,aline@exemple.invalid,Participe
2,Bruno,Quibolle,bruno@exemple.invalid,Enregistré
3,Carole,Vrapeau,carole@exemple.invalid,Ne participe pas
"""
PRETIX = """Bestellnummer,Name Teilnehmer*in,Produkt,Eingecheckt,Ausgetreten,bezahlt,E-Mail
A1,Aline Inventet,Eintritt,2025-11-05 09:10:00,,Ja,aline@exemple.invalid
A2,Bruno Quibolle,Eintritt,,,Ja,bruno@exemple.invalid
"""
MOBILIZON = """Participant name,Participant status,Participant registration date,Participant message
Aline Inventet (@aline),Creator,"Sep 10, 2025",
Anonymous participant,Participant,"Sep 12, 2025",
Anonymous participant,Participant,"Sep 13, 2025",
Bruno Quibolle,Not confirmed,"Sep 13, 2025",
"""
MEETUP = """Name\tUser ID\tRSVP\tRSVPed on
Aline Inventet\tu1\tYes\t2025-10-01
Bruno Quibolle\tu2\tNo\t2025-10-01
Carole Vrapeau\tu3\tWaitlist\t2025-10-01
"""
ASSOCONNECT = """N° de transaction;Nom;Prénom;E-mail;Statut du billet;Date de scan;E-mail acheteur
1;Inventet;Aline;aline@exemple.invalid;Valide;05/11/2025 09:01;zoe@exemple.invalid
2;Quibolle;Bruno;bruno@exemple.invalid;Valide;;zoe@exemple.invalid
3;Vrapeau;Carole;carole@exemple.invalid;Annulé;;zoe@exemple.invalid
"""
YURPLAN = """N° billet;Prénom;Nom;Email;Validé le;Statut billet
1;Aline;Inventet;aline@exemple.invalid;05/11/2025 09:10;Valide
2;Bruno;Quibolle;bruno@exemple.invalid;;Remboursé
"""
HELLOASSO_OLD = """Numéro;Statut;Nom;Prénom;Société;Email;Nom acheteur;Champ additionnel: Structure
1;Validé;Inventet;Aline;;z@exemple.invalid;Zut;CCAS de Metz
2;Validé;Quibolle;Bruno;;z@exemple.invalid;Zut;CCAS de Metz
"""
WEEZEVENT_SHORT = """Identifiant,Nom participant,Prénom participant,E-mail Participant,Société
1,Inventet,Aline,aline@exemple.invalid,La Poste,Speaker
2,Quibolle,Bruno,bruno@exemple.invalid,La Poste,Public
"""
FREE_STATUS = """Nom,Prénom,Mail,Statut
Inventet,Aline,a@exemple.invalid,a annulé par mail
Quibolle,Bruno,b@exemple.invalid,ne vient pas
Vrapeau,Carole,c@exemple.invalid,en attente retour
Mouzillac,Denis,d@exemple.invalid,Confirmé par tél
"""
RSVP = """Nom,Prénom,Mail,Présence prévue matin,Présence confirmée
Inventet,Aline,a@exemple.invalid,Oui,oui
Quibolle,Bruno,b@exemple.invalid,Non,non
"""
SEATS = """Nom du responsable;Structure;Mail;Nombre de participants
Inventet Aline;Centre social;a@exemple.invalid;3
Quibolle Bruno;MJC;b@exemple.invalid;2
"""
DRAFTS = """Numéro de série,Heure de soumission,Brouillon,Nom,Prénom,Courriel
1,05/10/2025 - 10:00,0,Inventet,Aline,a@exemple.invalid
2,05/10/2025 - 10:00,1,Quibolle,Bruno,b@exemple.invalid
"""
STATUS_SAYS_ALL = """Nom,Prénom,Statut
Inventet,Aline,Présent
Quibolle,Bruno,Absent
Vrapeau,Carole,Inscrit sur place
"""

LISTS = {
    "eventbrite_fr": (EVENTBRITE, {"registered": 2, "cancelled": 1, "present": 1}),
    "pretix_de": (PRETIX, {"registered": 2, "present": 1}),
    "mobilizon_en": (MOBILIZON, {"registered": 3, "pending": 1}),
    "meetup": (MEETUP, {"registered": 1, "cancelled": 1, "waiting_list": 1}),
    "assoconnect": (ASSOCONNECT, {"registered": 2, "cancelled": 1, "present": 1}),
    "yurplan": (YURPLAN, {"registered": 1, "cancelled": 1, "present": 1}),
    "helloasso_old": (HELLOASSO_OLD, {"registered": 2}),
    "weezevent_short_header": (WEEZEVENT_SHORT, {"registered": 2}),
    "free_status": (FREE_STATUS, {"registered": 1, "cancelled": 2, "pending": 1}),
    "intentions_are_no_presence": (RSVP, {"registered": 1, "cancelled": 1}),
    "several_seats": (SEATS, {"registered": 5}),
    "drafts_of_a_form": (DRAFTS, {"registered": 1}),
    "status_says_who_came": (STATUS_SAYS_ALL, {"registered": 2, "walk_in": 1, "present": 2}),
}


@pytest.mark.parametrize("name", LISTS)
def test_list_gives_its_people(name: str, tmp_path: Path) -> None:
    text, expected = LISTS[name]
    assert counts(load(folder_of(tmp_path, liste=text))) == expected


def test_own_fields_of_a_tool_lose_their_prefix(tmp_path: Path) -> None:
    people = load(folder_of(tmp_path, liste=HELLOASSO_OLD)).registrations
    assert people is not None
    assert people["organisation"].tolist() == ["CCAS de Metz", "CCAS de Metz"]


def test_first_columns_keep_their_names_when_the_last_ones_have_none(tmp_path: Path) -> None:
    account = check(folder_of(tmp_path, liste=WEEZEVENT_SHORT))
    assert account.files[0].tool == "Weezevent"
    assert [column.becomes for column in account.files[0].columns][1:5] == [
        "nom", "prénom", "adresse e-mail", "structure",
    ]  # fmt: skip
    assert "A_SHORT_HEADER" in {problem.code for problem in account.problems}


def test_marks_under_half_days_are_presences_that_are_asked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Participant", None, "Structure", "Jour 1", None],
        ["Nom", "Prénom", None, "Matin", "Après-midi"],
        ["Inventet", "Aline", "CCAS", "x", None],
        ["Quibolle", "Bruno", "CCAS", None, "x"],
        ["Vrapeau", "Carole", "MJC", None, None],
    ):
        book.active.append(row)
    for cells in ("A1:B1", "D1:E1"):
        book.active.merge_cells(cells)
    folder_of(tmp_path)
    book.save(tmp_path / "liste.xlsx")
    dossier = load(tmp_path)
    assert counts(dossier) == {"registered": 3, "present": 2}
    asked = [p for p in dossier.problems if p.code == "A_COLUMN"]
    assert [problem.cell for problem in asked] == ["colonne D", "colonne E"]


def test_signed_name_a_letter_away_joins_only_within_its_organisation(tmp_path: Path) -> None:
    registered = "Nom,Prénom,Structure\nLanfrenoy,Hugo,CCAS\nPradouze,Inès,MJC\n"
    signed = "Nom,Prénom,Structure,Signature\nLANFRENOIS,Hugo,CCAS,x\nPRADOUZ,Inès,,x\n"
    dossier = load(folder_of(tmp_path, liste=registered, emargement=signed))
    assert counts(dossier) == {"registered": 2, "walk_in": 1, "present": 2}
    assert {"W_NAMES_JOINED", "A_NAMES_NEAR"} <= {p.code for p in dossier.problems}
    assert "Hugo" not in " ".join(problem.sentence() for problem in dossier.problems)


def test_one_name_in_two_organisations_is_told_unless_e_mails_tell_two_people(
    tmp_path: Path,
) -> None:
    first = (
        "Nom,Prénom,Structure,Mail\nInventet,Aline,CCAS,\nQuibolle,Bruno,MJC,b@exemple.invalid\n"
    )
    second = (
        "Nom,Prénom,Structure,Mail\nINVENTET,Aline,Mairie,\nQuibolle,Bruno,CAF,c@exemple.invalid\n"
    )
    dossier = load(folder_of(tmp_path, a=first, b=second))
    assert counts(dossier) == {"registered": 4}
    (told,) = (problem for problem in dossier.problems if problem.code == "A_NAMESAKES")
    assert (told.file, told.cell) == ("b.csv", "ligne 2")
    assert "1 personne du même nom" in told.found
    assert "Aline" not in told.sentence()


def test_line_of_somebody_met_in_another_file_says_so(tmp_path: Path) -> None:
    first = "Nom,Prénom,Mail\nInventet,Aline,a@exemple.invalid\n"
    second = first + "INVENTET,Aline,a@exemple.invalid\nQuibolle,Bruno,b@exemple.invalid\n"
    files = check(folder_of(tmp_path, a=first, b=second)).files
    assert files[1].dropped == (
        ("personne déjà dans un autre fichier", 1),
        ("autre ligne d’une même personne", 1),
    )
    assert (files[1].lines, files[1].kept) == (3, 1)


def test_coloured_legend_is_told_since_colours_are_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Vert = présent"], ["Nom", "Prénom", "Mail"], ["Inventet", "Aline", "a@b.fr"]):
        book.active.append(row)
    folder_of(tmp_path)
    book.save(tmp_path / "liste.xlsx")
    dossier = load(tmp_path)
    assert counts(dossier) == {"registered": 1}
    assert "A_COLOURS" in {problem.code for problem in dossier.problems}


# --- surveys ------------------------------------------------------------------------------


def repeated(header: str, *rows: str) -> str:
    return "\n".join([header, *rows]) + "\n"


TYPEFORM = repeated(
    "#,Globalement satisfait ?,Atelier IA,Fresque,Other,"
    "Start Date (UTC),Submit Date (UTC),Network ID",
    "a,Très satisfait,Atelier IA,Fresque,,2025-11-05 17:00,2025-11-05 17:05,n",
    "b,Peu satisfait,,Fresque,stand,2025-11-05 17:00,2025-11-05 17:05,n",
    "c,Très satisfait,Atelier IA,,,2025-11-05 17:00,,n",
)
SPHINX = repeated(
    "CLE;DATE_SAISIE;1. Globalement, êtes-vous satisfait ?;2. Quels ateliers avez-vous suivis ?",
    '1;05/11/2025;Tout à fait satisfait;"Atelier IA ; Fresque"',
    "2;05/11/2025;Plutôt satisfait;Fresque",
    "3;05/11/2025;Plutôt satisfait;Atelier IA",
)
SURVEYMONKEY = repeated(
    "Respondent ID,Collector ID,End Date,How satisfied were you?,Which workshops did you attend?,",
    ",,,Response,AI,Fresco",
    "1,9,2025-11-05,Very satisfied,AI,",
    "2,9,2025-11-05,Satisfied,AI,Fresco",
    "3,9,2025-11-05,Dissatisfied,,Fresco",
)
JOTFORM = repeated(
    "Submission Date,Ateliers suivis,Note globale sur 10,Submission ID",
    '2025-11-05,"Atelier IA\nFresque",8,1',
    '2025-11-05,Fresque,"7,5",2',
    "2025-11-05,Atelier IA,9/10,3",
)
WORDS = repeated(
    "Horodateur,Mot 1,Mot 2,Impression générale",
    "05/11/2025 18:00,lien,partage,Bonne",
    "05/11/2025 18:01,lien,,Moyenne",
    "05/11/2025 18:02,,,Mauvaise",
)
ADDED = repeated(
    "Horodateur,Qu'avez-vous le plus aimé ?",
    '05/11/2025 18:00,"Atelier IA, Fresque"',
    "05/11/2025 18:01,Atelier IA",
    "05/11/2025 18:02,Fresque",
    '05/11/2025 18:03,"Atelier IA, les pauses"',
)

SURVEYS = {
    "typeform": (TYPEFORM, "attended_activities", {"Fresque": 2, "Atelier IA": 1}),
    "sphinx": (SPHINX, "attended_activities", {"Fresque": 2, "Atelier IA": 2}),
    "surveymonkey": (SURVEYMONKEY, "attended_activities", {"AI": 2, "Fresco": 2}),
    "jotform_lines": (JOTFORM, "attended_activities", {"Fresque": 2, "Atelier IA": 2}),
    "jotform_notes": (JOTFORM, "overall_satisfaction", {"8": 2, "9": 1}),
    "words_in_columns": (WORDS, "word_association", {"lien": 2, "partage": 1}),
    "typed_beside_other": (ADDED, "liked_most", {"Atelier IA": 3, "Fresque": 2, "les pauses": 1}),
}


@pytest.mark.parametrize("name", SURVEYS)
def test_survey_gives_its_answers(name: str, tmp_path: Path) -> None:
    text, role, expected = SURVEYS[name]
    assert answers(load(folder_of(tmp_path, avis=text)), role) == expected


def test_typeform_sets_unfinished_answers_aside(tmp_path: Path) -> None:
    source = load(folder_of(tmp_path, avis=TYPEFORM)).facts.sources[0]
    assert (source.tool, source.kept) == ("Typeform", 2)


def test_ranking_is_one_row_a_rank(tmp_path: Path) -> None:
    text = repeated(
        "Horodateur,Impression générale,Classez les temps forts",
        '05/11/2025 18:00,Bonne,"[""Plénière"",""Ateliers""]"',
        '05/11/2025 18:01,Moyenne,"[""Ateliers"",""Plénière""]"',
    )
    responses = load(folder_of(tmp_path, avis=text)).responses
    assert responses is not None
    ranked = responses[responses["item"].notna()]
    assert list(zip(ranked["item"], ranked["answer"], strict=True)) == [
        ("1", "Plénière"), ("2", "Ateliers"), ("1", "Ateliers"), ("2", "Plénière"),
    ]  # fmt: skip


def test_scale_of_a_question_asked_in_two_files_is_that_of_all_its_labels(tmp_path: Path) -> None:
    web = repeated(
        "Horodateur,Globalement satisfait ?", "05/11/2025,Très satisfait", "05/11/2025,Satisfait"
    )
    paper = repeated("N°,Globalement satisfait ?", "1,Peu satisfait", "2,Très satisfait")
    dossier = load(folder_of(tmp_path, web=web, papier=paper))
    assert answers(dossier, "overall_satisfaction") == {
        "Très satisfait": 2, "Satisfait": 1, "Peu satisfait": 1,
    }  # fmt: skip


# --- what is not used, or not yet ----------------------------------------------------------


def test_table_of_counts_is_told_and_not_taken_for_people(tmp_path: Path) -> None:
    text = "Horaire,Inscrits,Présents\nMatin,45,38\nAprès-midi,50,41\n"
    with pytest.raises(BlockedByProblems, match=r"« Horaire ».*\[declared\]"):
        load(folder_of(tmp_path, comptage=text))


def test_unused_table_beside_a_list_is_asked_about(tmp_path: Path) -> None:
    text = "Nom,Prénom,Mail\nInventet,Aline,a@exemple.invalid\n"
    dossier = load(folder_of(tmp_path, liste=text, agrege="Réponse,Nombre\nBien,12\nMal,3\n"))
    (told,) = [p for p in dossier.problems if p.code == "A_KIND_UNKNOWN"]
    assert (told.file, told.severity) == ("agrege.csv", "ask")


def test_export_without_a_line_shows_its_columns_and_blocks(tmp_path: Path) -> None:
    text = "ID,Heure de début,Heure de fin,Globalement satisfait ?,Vos pistes d'amélioration\n"
    account = check(folder_of(tmp_path, avis=text))
    assert account.exit_code == 65
    assert [column.becomes for column in account.files[0].columns[3:]] == [
        "question\u00a0: impression globale", "question\u00a0: points à améliorer",
    ]  # fmt: skip


def test_survey_of_a_known_tool_without_a_known_question_still_loads(tmp_path: Path) -> None:
    text = '"Horodateur","Lundi",""\n"2022/03/21 1:30:20 PM UTC+1","😎","😀"\n'
    text += '"2022/03/21 2:30:20 PM UTC+1","😎",""\n'
    dossier = load(folder_of(tmp_path, avis=text))
    assert answers(dossier, "other") == {"😎": 2, "😀": 1}
    assert "A_NO_ROLE" in {problem.code for problem in dossier.problems}


def test_published_export_of_limesurvey_without_its_technical_columns_is_known_by_its_headings(
    tmp_path: Path,
) -> None:
    data = Path(__file__).parents[1] / "data/spreadsheets/limesurvey"
    text = (data / "rse2017_nl_codetext_headers.csv").read_text(encoding="utf-8")
    dossier = load(folder_of(tmp_path, avis=text))
    assert dossier.facts.sources[0].tool == "LimeSurvey"
    assert dossier.responses is not None
    said = dossier.responses
    assert int(said["role"].eq("submission").sum()) == 77
    disciplines = said[said["question"].str.startswith("in-which-disciplines")]["answer"]
    assert int(disciplines.eq("Computer Science").sum()) == 41
    code = said[said["question"].str.startswith("do-you-write-code")]["answer"]
    assert code.value_counts().to_dict() == {"Yes": 75, "No": 2}
