"""Control charts of textbooks: center lines, limits, statistics, and what signals."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from ops.spc.cusum import cusum_chart
from ops.spc.design import ChartSettings
from ops.spc.designed import Judged, judge
from ops.spc.ewma import ewma_chart
from ops.spc.phase_one import estimate
from ops.spc.points import plotted
from ops.validation.case import EXACT, Case, Tolerance, printed
from ops.validation.published import entry
from ops.values import Characteristic, Factor, Series

_MINUTE_US = 60_000_000
_LIMITS = ("center", "UCL", "LCL")
_PAINT = Tolerance("2 printed decimals, made of a mean moving range rounded to 0.48", 6e-3)
_BINARY = Tolerance("exact up to the rounding of doubles", 1e-12)


def cases() -> Iterator[Case]:
    """Cases of charts of individuals and counts, of EWMA and CUSUM."""
    yield from _limits()
    yield from _ewma()
    yield from _cusum()
    yield from _qcc()


def _limits() -> Iterator[Case]:
    counts = entry("control_charts", "nist_c_chart")["inputs"]["x"]
    juice = entry("control_charts", "nist_p_chart_orangejuice")["inputs"]
    computers = entry("control_charts", "personal_computers_u")["inputs"]["x"]
    paint = entry("spc", "montgomery_viscosity")["inputs"]["x"]
    for file, name, what, names, tolerance, chart in (
        ("spc", "montgomery_viscosity", "Individuals: viscosity of paint", _LIMITS, _PAINT,
         partial(_chart, paint, None, "individuals")),
        ("control_charts", "nist_c_chart", "c chart: defects of wafers", ("cbar", *_LIMITS[1:]),
         EXACT, partial(_chart, counts, None, "c")),
        ("control_charts", "nist_p_chart_orangejuice", "p chart: cans of juice",
         ("pbar", *_LIMITS[1:]), printed(4), partial(_chart, juice["D"], 50.0, "p")),
        ("control_charts", "personal_computers_u", "u chart: personal computers", _LIMITS,
         printed(2), partial(_chart, computers, 5.0, "u")),
    ):  # fmt: skip
        found = entry(file, name)
        yield Case(
            f"{file}/{name}",
            f"{what}; center and limits",
            found["source"],
            tuple(found["expected"][n] for n in names),
            tolerance,
            partial(_center_and_limits, chart),
        )
    cloth = entry("control_charts", "dyed_cloth_u")
    sizes = np.array(cloth["inputs"]["n"])
    yield Case(
        "control_charts/dyed_cloth_u",
        "u chart: dyed cloth of varying area; center",
        cloth["source"],
        (cloth["expected"]["center"],),
        printed(2),
        lambda: [_chart(cloth["inputs"]["x"], sizes, "u").line.center[0]],
    )


def _center_and_limits(chart: Callable[[], Judged]) -> list[float]:
    line = chart().line
    return [line.center[0], line.upper[0], line.lower[0]]


def _chart(x: Any, n: Any, kind: str) -> Judged:
    """Chart with limits from the series itself."""
    value = np.asarray(x, dtype=np.float64)
    none = Factor(np.full(value.size, -1), ())
    series = Series(
        characteristic=Characteristic(1, "REFERENCE", "X", "Reference", ""),
        ts=_MINUTE_US * np.arange(value.size),
        value=value,
        n=np.ones(value.size) if n is None else np.broadcast_to(np.float64(n), value.shape).copy(),
        subgroup=none,
        unit_id=none,
        position=none,
        factors={},
        seq=np.arange(value.size),
    )
    settings = ChartSettings.model_validate({"kind": kind})
    design = estimate(series, settings, iterate=False)
    return judge(plotted(series, design), design)


def _ewma() -> Iterator[Case]:
    found = entry("control_charts", "nist_ewma")
    of, expected = found["inputs"], found["expected"]
    x = np.array(of["x"])
    obtain = partial(ewma_chart, x, target=50.0, sigma=of["s"], lambda_=of["lambda"], width=of["k"])
    yield Case(
        "control_charts/nist_ewma/ewma",
        f"EWMA of {x.size} values, lambda 0.3",
        found["source"],
        tuple(expected["ewma"][1:]),
        printed(2),
        lambda: obtain().statistic.tolist(),
    )
    yield Case(
        "control_charts/nist_ewma/limits",
        "EWMA limits once they are constant, upper and lower",
        found["source"],
        (expected["UCL"], expected["LCL"]),
        Tolerance("a unit of the last of 4 printed decimals: one limit is cut off there", 1e-4),
        lambda: [obtain().upper[-1], obtain().lower[-1]],
    )


def _cusum() -> Iterator[Case]:
    found = entry("control_charts", "montgomery_cusum")
    of, expected = found["inputs"], found["expected"]
    obtain = partial(
        cusum_chart, np.array(of["x"]), target=of["mu0"], sigma=1.0, k=of["K"], h=of["H"]
    )
    for part, side in (("C_plus", "upper"), ("C_minus", "lower")):
        yield Case(
            f"control_charts/montgomery_cusum/{part}",
            f"CUSUM of {len(of['x'])} values, {side} sums",
            found["source"],
            tuple(expected[part]),
            Tolerance("values of 2 decimals, summed in doubles", 1e-9),
            partial(_side, obtain, side),
        )
    yield Case(
        "control_charts/montgomery_cusum/signal",
        "CUSUM: first signal, points since zero, estimated new mean",
        found["source"],
        tuple(expected[name] for name in ("first_signal", "N_plus_29", "estimated_mean")),
        printed(2),
        lambda: _signal(obtain(), of["mu0"], of["K"]),
    )


def _side(obtain: Callable[[], Any], side: str) -> list[float]:
    return list(getattr(obtain(), side))


def _signal(chart: Any, target: float, k: float) -> list[float]:
    at = chart.outside[0]
    since = chart.since_upper[at]
    return [at + 1.0, since, target + k + chart.upper[at] / since]


def _qcc() -> Iterator[Case]:
    sums = entry("spc", "cusum_qcc3")
    x = np.array(sums["inputs"]["x"])
    chart = partial(cusum_chart, x, target=0.0, sigma=1.0, k=0.5, h=1.0)
    violated = sums["expected"]["violations_upper"] + sums["expected"]["violations_lower"]
    yield Case(
        "spc/cusum_qcc3/sums",
        "CUSUM, six values; upper sums, then lower ones",
        sums["source"],
        (*sums["expected"]["pos"], *sums["expected"]["neg"]),
        _BINARY,
        lambda: [*chart().upper, *-chart().lower],
    )
    yield Case(
        "spc/cusum_qcc3/violations",
        "CUSUM: points beyond; one on the limit is not",
        sums["source"],
        tuple(violated),
        EXACT,
        lambda: [i + 1.0 for i in chart().outside],
    )
    found = entry("spc", "ewma_qcc3")
    average = partial(
        ewma_chart, np.array([11.0, 13.0, 12.0]), target=10, sigma=2, lambda_=0.5, width=2.0
    )
    yield Case(
        "spc/ewma_qcc3",
        "EWMA of three values and its standard errors",
        found["source"],
        (*found["expected"]["ewma"], *found["expected"]["sigma_z"]),
        _BINARY,
        lambda: [*average().statistic, *((average().upper - 10) / 2)],
    )
