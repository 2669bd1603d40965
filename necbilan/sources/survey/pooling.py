"""The scale of a question that several files ask, from the answers of all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from necbilan.sources.folding import fold, fold_label
from necbilan.sources.survey.scales import ending_of, recognise_scale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.sources.survey.reading import Survey
    from necbilan.sources.survey.scales import Scale

__all__ = ["on_pooled_scales", "pooled_scales"]

_OWN_SCALES = ("decided", "numbers")
"""scales that a human or the wording gave: no label of another file changes them"""


def pooled_scales(surveys: Sequence[Survey]) -> dict[str, Scale]:
    """Folded wording → the scale of a question that several files ask, from all its labels.

    One file alone may not show how many levels there are, nor how they are written.
    """
    labels: dict[str, list[str]] = {}
    files: Counter[str] = Counter()
    for survey in surveys:
        for asked in survey.asked:
            worded = asked.scale is not None and not asked.scale.id.startswith(_OWN_SCALES)
            if worded and asked.form != "grid":
                wording = fold(asked.question.wording)
                labels.setdefault(wording, []).extend(asked.labels)
                files[wording] += 1
    found = {
        wording: recognise_scale(list(dict.fromkeys(said)))
        for wording, said in labels.items()
        if files[wording] > 1
    }
    return {
        wording: _evenly_written(scale, labels[wording])
        for wording, scale in found.items()
        if scale and scale.sure
    }


def _evenly_written(scale: Scale, said: Sequence[str]) -> Scale:
    """The labels with the inclusive ending that those of another file have."""
    shown = [
        label if fold_label(label) != fold(label) else label + ending_of(said, label)
        for label in scale.labels
    ]
    return replace(scale, labels=tuple(shown))


def on_pooled_scales(survey: Survey, pooled: Mapping[str, Scale]) -> Survey:
    """The survey with the pooled scale of each of its questions that has one."""
    asked = []
    for one in survey.asked:
        scale = pooled.get(fold(one.question.wording))
        if scale is None or one.scale is None or not set(one.scale.ranks) <= set(scale.ranks):
            asked.append(one)
            continue
        question = replace(one.question, scale=scale.labels, positive=scale.positive)
        own = replace(scale, no_opinion=one.scale.no_opinion)
        doubt = "" if one.doubt == "scale" else one.doubt
        asked.append(replace(one, scale=own, question=question, doubt=doubt))
    return replace(survey, asked=tuple(asked))
