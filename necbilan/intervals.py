"""Intervals and tests for small surveys, without scipy.

Every one assumes that those who answered resemble those who could have; none covers
non-response.  Coverage by simulation: docs/methods.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "SMALLEST_N_FOR_MEAN",
    "Interval",
    "bonett_price",
    "holm",
    "hypergeometric",
    "net_promoter",
    "paired_p_value",
    "share_interval",
    "student_mean",
    "student_p_value",
    "student_quantile",
    "wilson",
]

SMALLEST_N_FOR_MEAN = 10
"""answers under which no mean is given an interval and no two are compared"""


@dataclass(frozen=True)
class Interval:
    """Bounds in the unit of the estimate, and the id of the method that made them."""

    low: float
    high: float
    method: str


def hypergeometric(successes: int, sample: int, population: int, level: float = 0.95) -> Interval:
    """Share of a finite population, from a sample drawn without replacement.

    Exact inversion of both one-sided tests (Konijn, *Statistical Theory of Sample Survey
    Design and Analysis*, 1973; Wright, *Exact Confidence Bounds when Sampling from Small
    Finite Universes*, 1991), so coverage is never below ``level``.  A full count has
    ``low == high`` and the method "count"; without answers the bounds are 0 and 1.
    Raises ValueError unless 0 <= successes <= sample <= population, population > 0.

    >>> found = hypergeometric(50, 58, 181)          # R: 139/181 and 167/181
    >>> f"{found.low:.4f} {found.high:.4f}"
    '0.7680 0.9227'
    """
    _check_count(successes, sample)
    if not sample <= population or population <= 0:
        raise ValueError("the sample cannot be larger than its population")
    if sample == population:
        share = successes / population
        return Interval(share, share, "count")
    tail = (1 - level) / 2
    fewest = _fewest_successes(successes, sample, population, tail)
    most = population - _fewest_successes(sample - successes, sample, population, tail)
    return Interval(fewest / population, most / population, "hypergeometric")


def _fewest_successes(successes: int, sample: int, population: int, tail: float) -> int:
    """The smallest K of the population under which P(X >= successes) exceeds ``tail``."""
    low, high = successes, population - (sample - successes)
    while low < high:
        middle = (low + high) // 2
        if _upper_tail_exceeds(successes, sample, population, middle, tail):
            high = middle
        else:
            low = middle + 1
    return low


def _upper_tail_exceeds(x: int, sample: int, population: int, marked: int, tail: float) -> bool:
    """Whether P(X >= x) > tail, X hypergeometric; terms are summed until that is sure."""
    last = min(sample, marked)
    if x <= max(0, sample - (population - marked)):
        return True
    if x > last:
        return False
    others = population - marked
    term = math.exp(
        _log_choose(marked, x) + _log_choose(others, sample - x) - _log_choose(population, sample)
    )
    total = term
    for drawn in range(x, last):
        if total > tail:
            return True
        falling = (marked - drawn) * (sample - drawn)
        ratio = falling / ((drawn + 1) * (others - sample + drawn + 1))
        term *= ratio
        total += term
        if ratio < 1 and term < total * 1e-17:
            break
    return total > tail


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def wilson(successes: float, n: int, level: float = 0.95) -> Interval:
    """Share of an unlimited population: score interval (Wilson, JASA 22, 1927).

    ``successes`` may be a sum of shares, one a person.  Without answers the bounds are 0 and
    1.  Raises ValueError unless 0 <= successes <= n.

    >>> found = wilson(50, 58)                # R prop.test(50, 58, correct = FALSE)
    >>> f"{found.low:.4f} {found.high:.4f}"
    '0.7507 0.9284'
    """
    _check_count(successes, n)
    if n == 0:
        return Interval(0.0, 1.0, "wilson")
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return Interval(low, high, "wilson")


def share_interval(
    successes: int, sample: int, population: int | None, level: float = 0.95
) -> Interval:
    """``hypergeometric`` when the population is known, ``wilson`` when it is not.

    A population smaller than the sample was miscounted: it is taken as unknown.
    """
    if population is None or population < max(sample, 1):
        return wilson(successes, sample, level)
    return hypergeometric(successes, sample, population, level)


def bonett_price(most_only: int, least_only: int, n: int, level: float = 0.95) -> Interval:
    """Paired difference (most − least)/n, between −1 and 1, as an adjusted Wald interval.

    ``most_only`` and ``least_only`` count those who said one and not the other; half an
    answer is added to each of the four cells (Bonett and Price, *Adjusted Wald Confidence
    Interval for a Difference of Binomial Proportions Based on Paired Data*, Journal of
    Educational and Behavioral Statistics 37, 2012).
    Raises ValueError when a count is negative or the two exceed ``n``.

    >>> found = bonett_price(21, 1, 58)
    >>> f"{found.low:.4f} {found.high:.4f}"
    '0.1973 0.4693'
    """
    centre, half = _adjusted_difference(most_only, least_only, n, level)
    return Interval(max(-1.0, centre - half), min(1.0, centre + half), "bonett_price")


def net_promoter(
    promoters: int, detractors: int, n: int, population: int | None = None, level: float = 0.95
) -> Interval:
    """Net promoter score as a share (−1 to 1): ``bonett_price``, narrowed when the
    population is known by the finite-population factor sqrt((N − n)/(N − 1)).

    At n = 20 it is about ± 34 points wide: on request only.  Raises ValueError as
    ``bonett_price`` does.
    """
    centre, half = _adjusted_difference(promoters, detractors, n, level)
    if population is not None and population >= n and population > 1:
        half *= math.sqrt((population - n) / (population - 1))
    return Interval(max(-1.0, centre - half), min(1.0, centre + half), "bonett_price")


def _adjusted_difference(first: int, second: int, n: int, level: float) -> tuple[float, float]:
    if min(first, second) < 0 or first + second > n:
        raise ValueError("counts cannot be negative or exceed the answers")
    z = NormalDist().inv_cdf((1 + level) / 2)
    one, two = (first + 1) / (n + 2), (second + 1) / (n + 2)
    difference = one - two
    return difference, z * math.sqrt((one + two - difference**2) / (n + 2))


def student_mean(values: Sequence[float], level: float = 0.95) -> Interval:
    """Mean of a scale, with Student's t (1908); on request only.

    Raises ValueError under ten values: coverage is not to be trusted there.

    >>> found = student_mean([5] * 17 + [4] * 33 + [3] * 6 + [2] * 2)
    >>> f"{found.low:.3f} {found.high:.3f}"          # mean 4.121; scipy's ttest_1samp
    '3.929 4.312'
    """
    n = len(values)
    if n < SMALLEST_N_FOR_MEAN:
        raise ValueError(f"a mean needs at least {SMALLEST_N_FOR_MEAN} answers")
    half = student_quantile((1 + level) / 2, n - 1) * stdev(values) / math.sqrt(n)
    centre = fmean(values)
    return Interval(centre - half, centre + half, "student")


def paired_p_value(*, mean: float, deviation: float, n: int) -> float:
    """Two-sided p-value that ``n`` paired differences have mean 0 (Student's paired test).

    ``deviation`` is their standard deviation (n − 1).  When all differences are equal
    there is no spread to judge by: 1 if they are 0, else the sign test's 2^(1 − n).
    Raises ValueError without differences.

    >>> f"{paired_p_value(mean=0.5, deviation=1.0, n=20):.4f}"   # R: 2 * pt(-2.236068, 19)
    '0.0375'
    """
    if n < 1:
        raise ValueError("no pair to compare")
    if deviation <= 1e-12 * abs(mean) or n == 1:
        return 1.0 if mean == 0 else min(1.0, 2.0 ** (1 - n))
    return student_p_value(mean / (deviation / math.sqrt(n)), n - 1)


def student_p_value(t: float, df: float) -> float:
    """Two-sided p-value of Student's t with ``df`` degrees of freedom.

    >>> f"{student_p_value(2.262157, 9):.6f}"        # R: 2 * pt(-2.262157, 9)
    '0.050000'
    """
    if t * t < df:
        return 1 - _incomplete_beta(t * t / (df + t * t), 0.5, df / 2)
    return _incomplete_beta(df / (df + t * t), df / 2, 0.5)


def student_quantile(probability: float, df: float) -> float:
    """The t below which Student's distribution holds ``probability`` (between 0 and 1).

    >>> f"{student_quantile(0.975, 57):.5f}"         # R: qt(.975, 57)
    '2.00247'
    """
    if not 0 < probability < 1:
        raise ValueError("a probability lies between 0 and 1")
    if probability < 0.5:
        return -student_quantile(1 - probability, df)
    tails = 2 * (1 - probability)
    high = 1.0
    while student_p_value(high, df) > tails:
        high *= 2
    return _bisect(lambda t: student_p_value(t, df) > tails, 0.0, high)


def _bisect(goes_on: Callable[[float], bool], low: float, high: float) -> float:
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if goes_on(middle) else (low, middle)
    return (low + high) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta I_x(a, b), by its continued fraction.

    Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), 26.5.8, evaluated
    by the method of Lentz (Applied Optics 15, 1976) as modified by Thompson and Barnett.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for numerator in (even, odd):
            d = 1 + numerator * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + numerator / c
            c = c if abs(c) > tiny else tiny
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * value / a


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values adjusted for being many, in the order given (Holm, Scand. J. Stat. 6, 1979).

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]   # R: p.adjust(…, "holm")
    [0.03, 0.06, 0.06]
    """
    adjusted = [0.0] * len(p_values)
    floor = 0.0
    for rank, position in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        floor = max(floor, min(1.0, (len(p_values) - rank) * p_values[position]))
        adjusted[position] = floor
    return adjusted


def _check_count(successes: float, n: int) -> None:
    if not 0 <= successes <= n:
        raise ValueError("successes lie between 0 and the answers")
