"""A question of a survey file, with the columns that answer it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from necbilan.model import Question
    from necbilan.sources.survey.scales import Scale

__all__ = ["Asked", "Form", "Kind"]

Form = Literal["cell", "choices", "ranks", "ticks", "levels", "grid"]
Kind = Literal["scale", "single", "multi", "text", "number"]

_SCALED = frozenset({"overall_satisfaction", "nps", "activity_rating", "recommendation"})
"""roles whose notes and grids are of use only once their scale is known"""


@dataclass(frozen=True)
class Asked:
    """A question and its columns: ``items`` are rows of a grid, or options or levels ticked.

    ``confidence`` is of the role; ``scale`` None when the answers are not ordered.
    ``doubt`` names what must be asked: "" | role | scale.  Before a role is given it also
    says a ranking (rank), options without their question (untold), or a file without a
    single answer (unanswered).
    """

    question: Question
    columns: tuple[int, ...]
    items: tuple[str, ...]
    form: Form
    confidence: float
    reason: str
    scale: Scale | None = None
    doubt: str = ""
    kept: bool = True
    labels: tuple[str, ...] = field(default=())

    @property
    def asks_scale(self) -> bool:
        """Whether a human is asked in which order its answers stand."""
        alone = self.question.kind == "single" and self.form == "cell"
        return self.doubt == "scale" and (alone or self.question.role in _SCALED)
