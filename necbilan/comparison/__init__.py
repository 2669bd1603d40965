"""Events side by side from their measures alone: pooled, fair, never ranked.

``compare`` gives one table of the key measures; ``necbilan.comparison.report`` makes
the sections of the comparison notebook from it.
"""

from necbilan.comparison.side_by_side import ENSEMBLE, compare

__all__ = ["ENSEMBLE", "compare"]
