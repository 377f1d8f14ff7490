"""Run rules: exact run lengths against the published ones, and where a run is flagged."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ops.spc.rules import NELSON, WESTERN_ELECTRIC, Rule, signals
from ops.spc.run_length.rules import arl0_of
from ops.validation.case import EXACT, Case, Tolerance, printed
from ops.validation.published import entry

_ZONES = {"C1": (0,), "C12": (0, 1), "C13": (0, 2), "C14": (0, 3)}
_SETS = {
    "ARL0": (1, 2, 3, 4, 5, 6, 7, 8),
    "nelson_1_2": (1, 2),
    "nelson_1_2_3": (1, 2, 3),
    "nelson_1_2_3_5_6": (1, 2, 3, 5, 6),
    "WE_with_9_in_row": (1, 2, 5, 6),
}


def cases() -> Iterator[Case]:
    """Cases of zone rules and of Nelson's tests."""
    yield from _champ_woodall()
    found = entry("run_length", "arl_western_electric_all4")
    yield Case(
        "run_length/arl_western_electric_all4",
        f"All four zone rules together: {len(found['expected'])} shifts",
        found["source"],
        tuple(found["expected"]),
        Tolerance("the first is printed to 2 decimals, the others to 4", 5e-3),
        partial(_lengths, WESTERN_ELECTRIC, found["inputs"]["mu"]),
        "points",
    )
    yield from _nelson()
    run = entry("spc", "we_rule4_qcc3")
    yield Case(
        "spc/we_rule4_qcc3",
        "Place where eight points on one side are flagged",
        run["source"],
        tuple(run["expected"]["flagged_1based"]),
        EXACT,
        partial(_flagged, run["inputs"]["x"]),
    )


def _champ_woodall() -> Iterator[Case]:
    found = entry("run_length", "arl_run_rules_champ_woodall")
    table = found["expected"]
    for name, places in _ZONES.items():
        yield Case(
            f"run_length/arl_run_rules_champ_woodall/{name}",
            f"Zone rules {', '.join(str(i + 1) for i in places)}: {len(table['mu'])} shifts",
            found["source"],
            tuple(table[name]),
            printed(2),
            partial(_lengths, tuple(WESTERN_ELECTRIC[i] for i in places), table["mu"]),
            "points",
        )


def _nelson() -> Iterator[Case]:
    found = entry("run_length", "arl_nelson_8rules")
    for name, numbers in _SETS.items():
        yield Case(
            f"run_length/arl_nelson_8rules/{name}",
            f"Nelson's tests {', '.join(map(str, numbers))}: distance of false alarms",
            found["source"],
            (found["expected"][name],),
            Tolerance("four standard errors of a simulation", relative=0.0085),
            partial(_lengths, tuple(NELSON[i - 1] for i in numbers), [0.0]),
            "points",
        )


def _lengths(rules: tuple[Rule, ...], shifts: list[float]) -> list[float]:
    return [arl0_of(rules, shift=mu) for mu in shifts]


def _flagged(x: list[float]) -> list[float]:
    z = np.array(x, dtype=np.float64)
    begins = np.arange(z.size) == 0
    return [float(i + 1) for i in np.flatnonzero(signals(z, begins, (WESTERN_ELECTRIC[3],)))]
