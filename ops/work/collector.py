"""How often the garbage collector looks: rarely, for a start makes a million things that stay.

Python's own thresholds (700, 10, 10) go through all of them again and again while modules load:
a third of the CPU time of a start. What is in no cycle is freed at once as ever.
"""

import gc

THRESHOLDS = (50_000, 10, 10)  # newly made things, and rounds of younger generations


def collect_rarely() -> None:
    """Let the collector of this process look after every 50 000 new things."""
    gc.set_threshold(*THRESHOLDS)
