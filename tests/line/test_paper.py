"""The samples on paper: no page half empty, no last page of a few lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import page_white
import pytest

SAMPLES = sorted(
    folder.name
    for folder in (Path(__file__).parents[2] / "data_samples").iterdir()
    if folder.is_dir()
)


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_page_of_a_sample_is_left_white(published: Callable[..., Path], sample: str) -> None:
    assert page_white.too_white(published(sample) / "bilan.pdf") == {}


def test_no_page_of_the_english_edition_is_left_white(published: Callable[..., Path]) -> None:
    assert page_white.too_white(published("metz-2023", "en") / "bilan.pdf") == {}
