"""``necbilan batch`` as a group of processes, to be interrupted or killed."""

from __future__ import annotations

import os
import sys
import time

BATCH = (sys.executable, "-m", "necbilan.cli", "batch")


def nobody_left(group: int) -> bool:
    """Whether every process of the group has ended, within some seconds."""
    for _ in range(150):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
