"""Free text loses what identifies, and nothing else."""

from __future__ import annotations

import csv
import doctest
import re
import time
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from necbilan.sources.privacy import scrub as module
from necbilan.sources.privacy.scrub import REMOVED, compile_names, scrub

DATA = Path(__file__).parents[1] / "data" / "text"

SENTENCES = (
    "Merci à {} pour son aide",
    "{} a très bien animé l'atelier",
    "J'ai beaucoup aimé l'intervention de {}, passionnante",
    "Dommage que {} parle si vite",
    "Contactez {} au sujet de la suite",
    "L'atelier avec {} était top",
    "la présentation (par {}) était trop longue",
)


def people() -> list[tuple[str, str]]:
    with (DATA / "names.csv").open(encoding="utf-8") as file:
        return [(row["prenom"], row["nom"]) for row in csv.DictReader(file)]


def without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def ways_of_writing(first: str, last: str) -> list[str]:
    full = f"{first} {last}"
    return [
        full,
        f"{last} {first}",
        f"{last.upper()} {first}",
        full.upper(),
        full.lower(),
        without_accents(full),
        without_accents(full).lower(),
        f"{first[0]}. {last}",
        f"Mme {last}",
        f"M. {last.upper()}",
        first,
        last,
    ]


def remarks() -> list[str]:
    files = ("remarks.csv", "remarks_paraphrased.csv", "further_remarks.csv")
    return [text for name in files for text in pd.read_csv(DATA / name)["commentaire"]]


def parts_left(written: str, scrubbed: str, sentence: str) -> list[str]:
    """Words of a name that are still there and do not belong to the sentence."""
    small = {"de", "la", "le", "el", "d", "mme", "m"}
    parts = [part for part in re.findall(r"\w{2,}", written) if part.lower() not in small]
    return [
        part
        for part in parts
        if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", scrubbed)
        and not re.search(rf"(?<!\w){re.escape(part)}(?!\w)", sentence)
    ]


def test_the_example_of_the_module_holds():
    assert doctest.testmod(module).failed == 0


def test_planted_names_are_found_however_they_are_written():
    """40 invented people, 12 ways of writing each, 7 sentences: at least 98 % found.

    «Metz» is somebody's surname and the event's commune: alone, it stays.
    """
    names = compile_names([f"{first} {last}" for first, last in people()], ordinary=["Metz"])
    cases = [
        (written, sentence)
        for first, last in people()
        for written in ways_of_writing(first, last)
        for sentence in SENTENCES
    ]
    left = [
        case
        for case in cases
        if parts_left(case[0], scrub(case[1].format(case[0]), names), case[1])
    ]
    assert 1 - len(left) / len(cases) >= 0.98


def test_remarks_without_names_are_left_alone_even_when_people_are_called_petit_or_rose():
    names = compile_names([f"{first} {last}" for first, last in people()], ordinary=["Metz"])
    changed = [text for text in remarks() if scrub(text, names) != text]
    assert len(changed) / len(remarks()) <= 0.02


def test_even_surnames_that_every_remark_uses_leave_remarks_alone():
    surnames = [
        "Trop",
        "Plus",
        "Très",
        "Bien",
        "Merci",
        "Bravo",
        "Long",
        "Court",
        "Grand",
        "Petit",
        "Salle",
        "Place",
        "Parking",
        "Café",
        "Temps",
        "Matin",
        "Midi",
        "Pain",
        "Bus",
        "Train",
        "Accueil",
        "Atelier",
        "Programme",
        "Super",
        "Parfait",
        "Excellent",
        "Journée",
    ]
    names = compile_names(
        [f"{first} {last}" for first, last in zip(surnames, surnames[::-1], strict=True)]
    )
    changed = [text for text in remarks() if scrub(text, names) != text]
    assert len(changed) / len(remarks()) <= 0.02


@pytest.mark.parametrize(
    "text",
    [
        "Écrivez-moi : {}",
        "mon adresse est {}, merci",
        "({})",
    ],
)
@pytest.mark.parametrize(
    "identifier",
    [
        "zoe.dubrulard@example.org",
        "zoe [at] example [point] org",
        "zoe (arobase) example point fr",
        "zoe＠example.org",
        "06 39 98 12 34",
        "0639981234",
        "06.39.98.12.34",
        "+33 (0)6 39 98 12 34",
        "+352 621 123 456",
        "0033 6 39 98 12 34",
        "https://example.org/profil?id=12",
        "www.example.org/zoe",
        "zoe-dubrulard.example.fr",
        "@zoe_dub",
        "FR76 3000 6000 0112 3456 7890 189",
        "1 84 12 57 463 123 45",
        "INS-387012",
        "12 bis rue des Lilas, 57000 Metz",
    ],
)
def test_addresses_and_numbers_are_taken_out_whole(text, identifier):
    assert scrub(text.format(identifier), []) == text.format(REMOVED)


@pytest.mark.parametrize(
    "text",
    [
        "l'atelier de 14h30 à 16h le 12/10/2023",
        "Le budget de 1 200 000 euros pour 3 500 personnes",
        "les éditions 2022 2023 2024",
        "10/10, bravo ! 3,5 étoiles",
        "Prévoir de l'eau et du café l'après-midi",
        "Trop petit, trop grand, la rose des vents",
        "Une place par personne, 2 salles, 30 chaises",
        "e-administration, RGPD, fin.Merci",
        "👩‍💻 super ❤️",
        "شكرا جزيلا",
        "",
    ],
)
def test_ordinary_numbers_and_words_stay(text):
    names = compile_names(["Camille Grand", "Rose Petit", "Paul Place"])
    assert scrub(text, names) == text


def test_a_common_word_is_a_name_only_where_it_can_be_nothing_else():
    names = compile_names(["Rose Petit"])
    assert scrub("Le petit déjeuner, la rose", names) == "Le petit déjeuner, la rose"
    assert scrub("Petit bémol : la salle", names) == "Petit bémol : la salle"
    assert scrub("TROP PETIT CE LIEU", names) == "TROP PETIT CE LIEU"
    assert scrub("rose petit était là", names) == "[…] était là"
    assert scrub("merci à rose", names) == "merci à […]"
    assert scrub("Rose a été parfaite", names) == "[…] a été parfaite"
    assert scrub("L’animateur, R. Petit, est top", names) == "L’animateur, […], est top"


def test_people_outside_the_list_are_found_after_a_title():
    assert scrub("Mme Quelquune était claire", []) == "[…] était claire"
    assert (
        scrub("Monsieur le maire et Madame la maire", []) == "Monsieur le maire et Madame la maire"
    )


def test_a_place_that_is_also_a_surname_stays_alone_and_goes_beside_a_first_name():
    names = compile_names(["Lucie Metz", "Anne France"], ordinary=["Metz"])
    assert scrub("venue de Metz, en France", names) == "venue de Metz, en France"
    assert scrub("C'est Lucie Metz qui l'a dit", names) == "C'est […] qui l'a dit"


def test_hidden_characters_do_not_hide_a_name():
    assert scrub("merci Dubru\u200blard", ["Chloé Dubrulard"]) == "merci […]"
    assert scrub(unicodedata.normalize("NFD", "merci Élodie"), ["Élodie X"]) == "merci […]"


def test_names_prepared_once_never_show_themselves():
    names = compile_names(["Chloé Dubrulard"])
    assert "dubrulard" not in repr(names).lower()


def test_a_remark_takes_less_than_a_fifth_of_a_millisecond():
    names = compile_names([f"{first} {last}" for first, last in people()] * 25)
    texts = remarks() * 4
    start = time.process_time()
    for text in texts:
        scrub(text, names)
    assert (time.process_time() - start) / len(texts) < 0.0002


def test_a_remark_of_two_thousand_letters_is_read_to_its_end():
    text = "La salle était trop froide. " * 71 + "Merci à Chloé Dubrulard"
    assert scrub(text, ["Chloé Dubrulard"]).endswith("Merci à […]")


@given(st.text(max_size=200))
def test_any_text_can_be_scrubbed_twice_without_change(text):
    once = scrub(text, ["Chloé Dubrulard", "Rose Petit"])
    assert scrub(once, ["Chloé Dubrulard", "Rose Petit"]) == once


WAYS_OUT = (
    *("jean point quelquun arobase example point fr", "jean.quelquun [a] example [point] fr"),
    *("j.quelquun AT example DOT fr", "jean dot quelquun at example dot fr", "jq chez example.fr"),
    *("jean.quelquun @ example.org", "06_39_98_12_34", "06,39,98,12,34", "06 • 39 • 98 • 12 • 34"),
    *("06–39–98–12–34", "0639 98 12 34", "06|39|98|12|34", "insta : jeanquelquun57"),
    *("LinkedIn: jean-quelquun-57", "skype: live:jquelquun", "linkedin.com/in/jean-quelquun-57"),
    *("@jquelquun", "mme quelquune", "Mme. Quelquune", "madame quelquune", "M Quelquune"),
    *("m. quelquune", "Mme A. Quelquune", "Maître Quelquune", "monsieur quelquune"),
)
HOLDING = (
    *(
        "on peut me joindre, {}",
        "{}, à rappeler",
        "l'atelier ({}) était bien",
        "Voir {} pour la suite",
    ),
    *("J'aurais aimé échanger davantage. {}", "très bonne journée mais {} manquait", "avec {} svp"),
    *("– {} –", "Organisation parfaite ! {} !", "la prochaine fois : {}"),
)


def test_what_points_to_somebody_outside_the_lists_is_found_in_every_way_of_writing_it():
    """25 ways of writing in 10 remarks: at least 98 % found."""
    left = [
        (way, holding)
        for way in WAYS_OUT
        for holding in HOLDING
        if re.search(r"jean|quelquun|jq|example|\d", scrub(holding.format(way), []), re.IGNORECASE)
    ]
    assert 1 - len(left) / (len(WAYS_OUT) * len(HOLDING)) >= 0.98, left


@pytest.mark.parametrize(
    "text",
    [
        "oui madame, bravo monsieur trop rapide",
        "Madame la maire, monsieur le préfet, mesdames et messieurs",
        "le stand de monsieur et madame tout le monde",
        "la salle M était froide, la taille M aussi",
        "un bon point pour le café, un point à revoir pour le son",
        "le point info chez emmaüs connect",
        "rendez-vous le 01/02/2025 à 09:30, puis 10:45 et 11:30",
        "les salles 01, 02 et 03",
        "parler de linkedin et de facebook : très utile",
        "l'atelier facebook, instagram et tiktok",
        "madame monsieur, merci",
        "point positif : l'accueil ; point négatif : le bruit",
    ],
)
def test_titles_networks_and_points_that_name_nobody_stay(text):
    assert scrub(text, []) == text
