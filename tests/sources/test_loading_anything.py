"""Whatever stands in the cells: nothing crashes, nobody is lost, nobody is named."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from necbilan.errors import NecbilanError
from necbilan.publishing.account_text import account_text
from necbilan.sources.account import check
from necbilan.sources.folder import build
from necbilan.sources.gathering import gather

HEAD = 'id = "essai"\nname = "Essai"\ndate = 2025-03-04\nplace = "Ici"\n\n[files]\n'
LIST = ("Nom", "Prénom", "Courriel", "Structure", "Code postal", "Ville", "Statut", "Présent")
SURVEY = (
    "Horodateur",
    "Impression générale ?",
    "Le plus aimé ?",
    "En un mot ?",
    "Remarques",
    "Note",
)
ORDINARY = (
    "", "-", "oui", "X", "57000", "Metz", "Annulé", "Très satisfait", "Peu satisfait", "A, b",
    "A;B;", '["A","B"]', "8/10", "04/03/2025", "CCAS", "rien", "sans avis", "=1+1", "a@b.fr",
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(ORDINARY),
    st.text(
        alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"),
        max_size=12,
    ),
)


def written(head: tuple[str, ...], rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *rows])
    return text.getvalue()


def rows_of(head: tuple[str, ...]) -> st.SearchStrategy[list[list[str]]]:
    row = st.lists(CELLS, min_size=len(head), max_size=len(head))
    return st.lists(row, min_size=1, max_size=6)


@given(rows_of(LIST), rows_of(SURVEY))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_any_cells_load_or_are_refused_by_a_sentence(
    people: list[list[str]], answers: list[list[str]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "event.toml").write_text(
            f'{HEAD}registrations = "liste.csv"\nsurvey = "avis.csv"\n', encoding="utf-8"
        )
        (folder / "liste.csv").write_text(written(LIST, people), encoding="utf-8", newline="")
        (folder / "avis.csv").write_text(written(SURVEY, answers), encoding="utf-8", newline="")
        try:
            built = build(gather(folder))
        except NecbilanError as error:
            assert str(error)
            return
        for source in built.dossier.facts.sources:
            assert source.lines == source.kept + sum(count for _, count in source.dropped)
            assert source.kept >= 0
        if built.dossier.responses is not None:
            rows = built.dossier.responses
            known = set(rows.loc[rows["role"].eq("submission"), "respondent"])
            assert set(rows["respondent"]) <= known


NAMES = [
    f"{first} {last}" for first in ("Zorbine", "Quilliane") for last in ("Vrapucet", "Bidroux")
]


def test_nobody_is_named_by_any_frame_problem_account_or_proposal(tmp_path: Path) -> None:
    people = [
        [*reversed(name.split()), f"{name.split()[1].lower()}.{i}@exemple.invalid", "La Poste",
         name, name, name, name]
        for i, name in enumerate(NAMES)
    ]  # fmt: skip
    said = [
        [f"04/03/2025 18:0{i}", "Très satisfait", NAMES[0], "lien", f"Merci {name}", NAMES[1]]
        for i, name in enumerate(NAMES)
    ]
    (tmp_path / "event.toml").write_text(
        f'{HEAD}registrations = "liste.csv"\nsurvey = "avis.csv"\n', encoding="utf-8"
    )
    (tmp_path / "liste.csv").write_text(written(LIST, people), encoding="utf-8", newline="")
    (tmp_path / "avis.csv").write_text(
        written((*SURVEY[:2], "Qui vous a invité ?", *SURVEY[3:5], "Avec qui ?"), said),
        encoding="utf-8",
        newline="",
    )
    account = check(tmp_path)
    dossier = build(gather(tmp_path)).dossier
    assert dossier.registrations is not None
    assert dossier.responses is not None
    told = account_text(account) + account.json() + repr(dossier)
    told += " ".join(problem.sentence() for problem in dossier.problems)
    told += (tmp_path / "decisions.csv").read_text("utf-8-sig")
    told += dossier.responses.to_csv() + dossier.registrations.to_csv()
    for name in NAMES:
        for word in name.split():
            assert word not in told
        assert "@exemple" not in told
