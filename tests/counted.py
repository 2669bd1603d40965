"""What a dossier holds, counted with plain pandas: people by status, answers by label."""

from __future__ import annotations

from necbilan.model import Dossier


def counts(dossier: Dossier) -> dict[str, int]:
    """People by status, and how many of them were seen when presence was measured."""
    people = dossier.registrations
    assert people is not None
    found = {str(status): int(n) for status, n in people["status"].value_counts().items()}
    if people["present"].notna().any():
        found["present"] = int(people["present"].fillna(False).sum())
    return found


def answers(dossier: Dossier, role: str) -> dict[str, int]:
    """Answers to the questions of a role; blanks are no answer."""
    assert dossier.responses is not None
    said = dossier.responses.loc[dossier.responses["role"].eq(role), "answer"].dropna()
    return {str(answer): int(n) for answer, n in said.value_counts().items()}
