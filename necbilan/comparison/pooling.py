"""Several events as one: totals, shares of the whole public, and how much events differ.

scipy is imported inside the functions that need it: a report of one event never pays it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from necbilan.intervals import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "SIGNIFICANT",
    "Spread",
    "Stratum",
    "fit_spread",
    "funnel_limits",
    "is_outside",
    "stratified_share",
]

SIGNIFICANT = 0.05
"""p-value under which events are said to differ more than chance makes them"""


@dataclass(frozen=True)
class Stratum:
    """One event: positive answers, answers, people present (None = unknown)."""

    positive: int
    answers: int
    present: int | None


def stratified_share(strata: Sequence[Stratum], level: float = 0.95) -> tuple[float, Interval]:
    """The share of the whole public, each event weighing as many as were present.

    Cochran, *Sampling Techniques* (1977), 5.3, with the finite-population correction of
    each event; the interval is Wilson's on the effective sample size (Korn and Graubard,
    Survey Methodology 24, 1998).  Where one event does not know how many were present,
    answers weigh instead and nothing is corrected.  An event's own variance is taken at
    (x + 1)/(n + 2), so that 12 of 12 is not taken for certainty.

    >>> share, interval = stratified_share([Stratum(8, 10, 100), Stratum(30, 50, 100)])
    >>> round(share, 3), interval.low < 0.7 < interval.high
    (0.7, True)
    """
    if not strata or any(stratum.answers < 1 for stratum in strata):
        raise ValueError("each stratum needs answers")
    known = all(stratum.present and stratum.present >= stratum.answers for stratum in strata)
    sizes = [(stratum.present or 0) if known else stratum.answers for stratum in strata]
    total = sum(sizes)
    share = variance = 0.0
    for stratum, size in zip(strata, sizes, strict=True):
        weight = size / total
        share += weight * stratum.positive / stratum.answers
        smoothed = (stratum.positive + 1) / (stratum.answers + 2)
        left = 1 - stratum.answers / size if known else 1.0
        variance += weight**2 * left * smoothed * (1 - smoothed) / max(stratum.answers - 1, 1)
    if variance == 0:
        return share, Interval(share, share, "count")
    around = min(max(share, 1 / (total + 2)), 1 - 1 / (total + 2))
    effective = around * (1 - around) / variance
    return share, _wilson(share, effective, level)


def _wilson(share: float, n: float, level: float) -> Interval:
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(max(0.0, centre - half), min(1.0, centre + half), "stratified")


@dataclass(frozen=True)
class Spread:
    """How much the events differ: a beta-binomial law, fitted.

    ``mean`` and ``sd`` are those of the events' true shares (sd = 0: nothing but chance);
    ``p_value`` tests sd = 0; ``a`` and ``b`` are the beta law's parameters, infinite when
    sd is 0.
    """

    mean: float
    sd: float
    p_value: float
    a: float
    b: float

    @property
    def differ(self) -> bool:
        """Whether events differ by more than chance."""
        return self.p_value < SIGNIFICANT

    def shrunk(self, positive: int, answers: int) -> float:
        """The event's share drawn towards the mean, the more so the fewer its answers.

        The posterior mean of the beta-binomial model (empirical Bayes: Efron and Morris,
        JASA 70, 1975); over 70 simulated events its error is half that of raw shares.
        """
        if math.isinf(self.a):
            return self.mean
        return (self.a + positive) / (self.a + self.b + answers)


def fit_spread(strata: Sequence[Stratum]) -> Spread:
    """The spread of at least two events, by maximum likelihood.

    The test of sd = 0 is the likelihood ratio at the edge of the parameter space: half
    the chi-square's tail with one degree of freedom (Self and Liang, JASA 82, 1987).
    Raises ValueError with fewer than two events.
    """
    import numpy as np
    from scipy.optimize import minimize_scalar
    from scipy.stats import betabinom, binom, chi2

    if len(strata) < 2:
        raise ValueError("a spread needs at least two events")
    positive = np.array([stratum.positive for stratum in strata])
    answers = np.array([stratum.answers for stratum in strata])
    pooled = float(positive.sum() / answers.sum())
    alone = float(binom.logpmf(positive, answers, pooled).sum()) if 0 < pooled < 1 else 0.0
    none = Spread(pooled, 0.0, 1.0, math.inf, math.inf)
    if not 0 < pooled < 1:
        return none

    def best_mean(precision: float) -> tuple[float, float]:
        def loss(mean: float) -> float:
            a, b = mean * precision, (1 - mean) * precision
            return -float(betabinom.logpmf(positive, answers, a, b).sum())

        found = minimize_scalar(loss, bounds=(1e-4, 1 - 1e-4), method="bounded")
        return float(found.x), -float(found.fun)

    outer = minimize_scalar(
        lambda log_precision: -best_mean(math.exp(log_precision))[1],
        bounds=(math.log(0.5), math.log(1e5)),
        method="bounded",
    )
    precision = math.exp(float(outer.x))
    mean, likelihood = best_mean(precision)
    ratio = 2 * (likelihood - alone)
    if ratio <= 1e-6 or precision > 5e4:
        return none
    p_value = 0.5 * float(chi2.sf(ratio, 1))
    sd = math.sqrt(mean * (1 - mean) / (precision + 1))
    return Spread(mean, sd, p_value, mean * precision, (1 - mean) * precision)


def is_outside(spread: Spread, event: Stratum, probability: float) -> bool:
    """Whether chance leaves an event out of its limits: exact, each tail tested at half.

    The law is the one of ``funnel_limits``.
    """
    tail = (1 - probability) / 2
    law = _law(spread, event.answers)
    below = float(law.cdf(event.positive))
    above = float(law.sf(event.positive - 1))
    return min(below, above) < tail


def funnel_limits(
    spread: Spread, answers: Sequence[int], probability: float
) -> tuple[list[float], list[float]]:
    """Between which shares chance leaves an event of so many answers, both sides together.

    For drawing: exact limits with interpolation between integers (Spiegelhalter, *Funnel
    plots for comparing institutional performance*, Statistics in Medicine 24, 2005,
    A.1.1); ``is_outside`` is what decides.  When the events differ by more than chance,
    the law is the beta-binomial one: its limits hold the usual spread too, on purpose.
    """
    tail = (1 - probability) / 2
    laws = [(_law(spread, n), n) for n in answers]
    lows = [_between_integers(law, tail, n) for law, n in laws]
    highs = [_between_integers(law, 1 - tail, n) for law, n in laws]
    return lows, highs


def _law(spread: Spread, answers: int) -> Any:  # scipy has no types
    from scipy.stats import betabinom, binom

    if spread.differ:
        return betabinom(answers, spread.a, spread.b)
    return binom(answers, spread.mean)


def _between_integers(law: Any, probability: float, n: int) -> float:
    quantile = int(law.ppf(probability))
    above, below = float(law.cdf(quantile)), float(law.cdf(quantile - 1))
    part = (above - probability) / (above - below) if above > below else 0.0
    return min(max((quantile - part) / n, 0.0), 1.0)
