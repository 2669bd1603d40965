"""Headings to fields: by decision, by tool, by synonym, by what the cells look like."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pandas as pd
import pytest

from necbilan import vocabulary
from necbilan.sources import load
from necbilan.sources.account import check
from necbilan.sources.headings.columns import MappedColumn, map_columns
from necbilan.sources.headings.heading import Heading, headings
from necbilan.sources.headings.tools import known_tools, recognise_tool

ROOT = Path(__file__).parents[2]


def mapped(
    table: dict[str, list[str]],
    *,
    kind: str = "registration",
    decided: dict[str, str] | None = None,
) -> dict[str, MappedColumn]:
    columns = headings([list(table)], list("ABCDEFGHIJ"))
    text = pd.DataFrame(table, dtype="string")
    found = map_columns(
        columns, text, kind=kind, tool=recognise_tool(columns), decided=decided or {}
    )
    return {column.heading.leaf: column for column in found}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NOM", "last_name"),
        ("Nom et prénom", "full_name"),
        ("Courriel", "email"),
        ("Votre adresse e-mail :", "email"),
        ("Structure / organisme", "organisation"),
        ("Code postal (Commande) - #8", "postal_code"),
        ("Commune (Code INSEE)", "insee"),
        ("Commune", "commune"),
        ("Vous venez au titre de", "profile"),
        ("Présent·e ?", "checked_in"),
        ("Nom de la structure", "organisation"),
        ("Type de structure", "organisation_type"),
        ("Régime alimentaire", "dietary"),
        ("Attendee Status", "status"),
    ],
)
def test_heading_is_recognised_whatever_its_dress(heading: str, field: str) -> None:
    assert mapped({heading: ["a", "b"]})[heading].field == field


def test_code_and_commune_together_are_a_place() -> None:
    column = mapped({"Votre commune": ["57000 Metz", "Nancy (54000)"]})["Votre commune"]
    assert column.field == "place"


def test_unknown_heading_is_told_by_cells_and_said_to_be_doubtful() -> None:
    column = mapped({"Champ 12": ["a@b.fr", "c@d.fr", "e@f.fr"]})["Champ 12"]
    assert (column.field, column.confidence) == ("email", 0.5)


def test_unknown_heading_with_ordinary_cells_stays_unknown() -> None:
    assert mapped({"Champ 12": ["bleu", "vert", "bleu"]})["Champ 12"].field == ""


def test_decision_comes_before_everything_in_words_or_ids() -> None:
    table = {"Nom": ["CCAS", "Mairie"]}
    assert mapped(table, decided={"Nom": "structure"})["Nom"].field == "organisation"
    assert mapped(table, decided={"Nom": "organisation"})["Nom"].field == "organisation"
    assert mapped(table, decided={"Nom": "aucun"})["Nom"].field == ""


def test_field_goes_to_the_filled_column_and_the_other_is_said_to_repeat_it() -> None:
    columns = headings([["Code postal", "Code postal"]], ["A", "B"])
    text = pd.DataFrame([["", "57000"], ["", "54000"]], columns=["a", "b"], dtype="string")
    first, second = map_columns(columns, text, kind="registration")
    assert (first.field, second.field) == ("", "postal_code")
    assert first.reason == "répète la colonne B, laissée"


def test_half_days_under_a_presence_group_are_presences() -> None:
    columns = headings([["", "Présence", "Présence"], ["Nom", "Matin", "Repas"]], ["A", "B", "C"])
    text = pd.DataFrame([["A", "x", "x"]], columns=["a", "b", "c"], dtype="string")
    fields = [column.field for column in map_columns(columns, text, kind="registration")]
    assert fields == ["last_name", "checked_in", "dietary"]


def test_option_with_its_amount_beside_is_an_activity() -> None:
    found = mapped({"Débat du soir": ["Oui"], "Montant Débat du soir": ["0,00"]})
    assert found["Débat du soir"].field == "activity"
    assert found["Montant Débat du soir"].field == "payment"


def test_email_of_the_payer_is_never_the_email_of_the_person() -> None:
    found = mapped({"Nom participant": ["A"], "Email payeur": ["a@b.fr"]})
    assert found["Email payeur"].field == "payer_email"


def test_nothing_is_changed_in_the_table_that_is_read() -> None:
    columns = headings([["Nom", "Courriel"]], ["A", "B"])
    text = pd.DataFrame([["A", "a@b.fr"]], columns=["Nom", "Courriel"], dtype="string")
    before = text.copy()
    map_columns(columns, text, kind="registration")
    pd.testing.assert_frame_equal(text, before)


def test_every_format_speaks_of_our_fields_and_our_statuses() -> None:
    fields = vocabulary.read("fields")["registration"].keys()
    statuses = vocabulary.read("statuses")["status"].keys()
    for tool in known_tools():
        assert set(tool.columns.values()) <= set(fields), tool.id
        assert set(tool.statuses.values()) <= set(statuses), tool.id
        assert tool.holds in ("registrations", "survey", "waiting_list", "refused"), tool.id
        assert tool.signature or tool.delimiters, tool.id
        assert bool(tool.refusal) == (tool.holds == "refused"), tool.id


def test_every_vocabulary_says_its_source_in_its_first_comment() -> None:
    from importlib.resources import files

    for name in (*vocabulary.names("formats"), "fields", "roles", "levels", "statuses"):
        text = files("necbilan.vocabulary").joinpath(f"{name}.toml").read_text(encoding="utf-8")
        comment = text.split("\n\n")[0] + text.split("\n[")[0].split("label =")[0]
        assert "Source:" in comment, name


def test_most_demanding_tool_wins() -> None:
    row = ["Code de commande", "ID de la position", "Nom du participant", "Statut", "Produit"]
    tool = recognise_tool([Heading(i, (text,)) for i, text in enumerate(row)])
    assert tool is not None
    assert tool.id == "pretix_positions"


def test_delimiter_of_one_tool_tells_it() -> None:
    tool = recognise_tool([Heading(0, ("Nom",))], "💩")
    assert tool is not None
    assert tool.id == "grist"
    assert recognise_tool([Heading(0, ("Nom",))], ";") is None


def test_adding_a_tool_is_shown_in_docs_as_it_was_done(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "adding-a-tool.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"   ```(csv|toml)\n(.*?)   ```", guide, flags=re.DOTALL))
    written = (ROOT / "necbilan/vocabulary/formats/tito.toml").read_text(encoding="utf-8")
    assert dedent(shown["toml"]) == written
    (tmp_path / "liste.csv").write_text(dedent(shown["csv"]), encoding="utf-8")
    (tmp_path / "event.toml").write_text(
        'name = "Essai"\nid = "essai"\ndate = 2025-03-04\nplace = "Ici"\n'
        '[files]\nregistrations = "liste.csv"\n',
        encoding="utf-8",
    )
    dossier = load(tmp_path)
    assert dossier.facts.sources[0].tool == "Tito"
    assert dossier.registrations is not None
    assert dossier.registrations["status"].tolist() == ["registered", "cancelled"]


def test_every_key_of_a_format_is_explained_in_docs() -> None:
    guide = (ROOT / "docs" / "adding-a-tool.md").read_text(encoding="utf-8")
    used = {key for name in vocabulary.names("formats") for key in vocabulary.read(name)}
    assert {key for key in used if f"`{key}`" not in guide and f"`[{key}]`" not in guide} == set()


def test_colloquial_headings_name_the_same_fields(tmp_path: Path) -> None:
    (tmp_path / "event.toml").write_text(
        'name = "Essai"\ndate = 2025-06-19\nplace = "Ici"\n', encoding="utf-8"
    )
    (tmp_path / "liste.csv").write_text(
        "Tu t'appelles comment ?;Tu viens d'où ?;C'est quoi ton mail ?;Ta structure ?\n"
        "Alix Zarb;Metz;alix@exemple.fr;MJC\nNoa Yvor;Woippy;noa@exemple.fr;CCAS\n",
        encoding="utf-8",
    )
    account = check(tmp_path)
    assert account.people == 2
    assert [column.becomes for column in account.files[0].columns] == [
        "nom complet",
        "commune",
        "adresse e-mail",
        "structure",
    ]
