"""Systems that are repaired: cumulative functions, growth and its projection, grouped counts."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from ops.lifetime.repairable.data import recurrent_data
from ops.lifetime.repairable.growth import duane, projection
from ops.lifetime.repairable.mcf import mean_cumulative
from ops.lifetime.repairable.power_law import grouped_power_law
from ops.validation.case import Case, Tolerance
from ops.validation.published import entry

_GROUPED = ("grouped_growth_six_intervals", "mil_hdbk_189_grouped")


def cases() -> Iterator[Case]:
    """Cases of published systems."""
    five = entry("repairable", "reliasoft_mcf_5_systems")
    said = five["expected"]
    yield Case(
        "repairable/reliasoft_mcf_5_systems",
        "Mean cumulative function of five systems: mean, variance and bounds at five ages",
        five["source"],
        tuple(said["mcf"] + said["variance"] + said["lower"] + said["upper"]),
        Tolerance("six digits printed, z of three", relative=5e-5),
        partial(_mean, five["inputs"], said["t"]),
    )
    fixed = entry("repairable", "mil_hdbk_189a_projection")
    said = fixed["expected"]
    yield Case(
        "repairable/mil_hdbk_189a_projection",
        "Projection of growth after delayed fixes: MTBF shown and projected",
        fixed["source"],
        (said["demonstrated_MTBF"], said["projected_MTBF"]),
        Tolerance("six digits printed", relative=1e-6),
        partial(_projected, fixed["inputs"]),
    )
    growth = entry("repairable", "reliawiki_system_growth_duane")
    said = growth["expected"]
    yield Case(
        "repairable/reliawiki_system_growth_duane",
        "Duane's line: slope, MTBF at the end, age at which 35 is reached",
        growth["source"],
        (said["alpha"], said["DMTBF_I"], said["time_to_35"]),
        Tolerance("five digits printed", relative=2e-5),
        partial(_line, growth["inputs"]),
    )
    for name in _GROUPED:
        grouped = entry("repairable", name)
        yield Case(
            f"repairable/{name}",
            "Power law of grouped counts: shape and scale",
            grouped["source"],
            (grouped["expected"]["beta"], grouped["expected"]["scale"]),
            Tolerance("as printed", relative=5e-4),
            partial(_grouped, grouped["inputs"]),
        )


def _mean(systems: list[list[float]], ages: list[float]) -> tuple[float, ...]:
    histories = {str(at): (times[:-1], times[-1]) for at, times in enumerate(systems)}
    found = mean_cumulative(recurrent_data(histories), method="increments", confidence=0.9)
    place = np.searchsorted(found.time, ages)
    columns = (found.mean, found.variance, found.lower, found.upper)
    return tuple(float(value) for column in columns for value in column[place])


def _projected(said: dict[str, Any]) -> tuple[float, ...]:
    events = [(float(age), str(fault)) for age, fault in said["events"]]
    found = projection(events, said["effectiveness"], end=said["end"], fixed_in_test=True)
    return found.demonstrated, found.projected


def _line(times: list[float]) -> tuple[float, ...]:
    found = duane(np.array(times, dtype=np.float64))
    return found.growth, found.instantaneous(found.end), found.age_at(35.0)


def _grouped(said: dict[str, Any]) -> tuple[float, ...]:
    found = grouped_power_law(np.array(said["edges"], float), np.array(said["counts"], float))
    return found.beta, found.scale
