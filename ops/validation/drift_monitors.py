"""Monitors of drift: alarms of the Page-Hinkley test on streams that anybody can make again."""

import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from ops.drift.page_hinkley import page_hinkley
from ops.validation.case import EXACT, Case
from ops.validation.published import entry
from ops.values import FloatArray

_LEVELS = (0.0, 3.0, -1.0, 2.0, 2.5)


def cases() -> Iterator[Case]:
    """Cases of sequential monitors."""
    found = entry("drift_monitors", "page_hinkley_river")
    runs = zip(found["inputs"]["runs"], found["expected"]["alarms"], strict=True)
    for number, (run, alarms) in enumerate(runs):
        said = ", ".join(f"{key} {value}" for key, value in run["parameters"].items())
        yield Case(
            f"drift_monitors/page_hinkley_river/{number}",
            f"Page-Hinkley, stream of {run['stream']}, {said or 'as it comes'}: number and places",
            found["source"],
            (float(len(alarms)), *map(float, alarms)),
            EXACT,
            partial(_alarms, run["stream"], run["parameters"]),
            "",
        )


def _alarms(stream: str, parameters: dict[str, Any]) -> list[float]:
    found = page_hinkley(STREAMS[stream](), **parameters).alarms
    return [float(found.size), *found.tolist()]


def _steps() -> FloatArray:
    return np.array([(i * 7919 % 101) / 101.0 * 4 - 2 + _LEVELS[i // 200] for i in range(1000)])


def _ramp() -> FloatArray:
    return np.array([(i * 6007 % 97) / 97.0 * 2 - 1 + max(0, i - 300) * 0.01 for i in range(800)])


def _choices() -> FloatArray:
    rng = random.Random(12345)
    return np.array(rng.choices([0, 1], k=1000) + rng.choices(range(4, 8), k=1000), dtype=float)


STREAMS: dict[str, Callable[[], FloatArray]] = {"steps": _steps, "ramp": _ramp, "river": _choices}
