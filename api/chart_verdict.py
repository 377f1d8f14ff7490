"""What a chart comes to: points beyond the limits, beside what chance alone makes."""

import numpy as np
from scipy.special import bdtrc, ndtr, pdtrc

from api.chart_view import Arl0View
from ops.page import Subject, Verdict
from ops.page_value import Number, Phrase
from ops.spc.chart import Chart
from ops.spc.designed import MEMORY
from ops.values import BoolArray, Series

SURELY = 1e-3  # probability of so many by chance, below which they are a signal


def chart_verdicts(series: Series, chart: Chart, arl0: Arl0View) -> list[Verdict]:
    """Judge a chart by the points beyond its limits.

    Points of a chart with memory follow each other out of the limits: there the excursions are
    counted, beside one for each ARL0.
    """
    name, judged = series.characteristic.title, chart.judged
    about = Subject(site=series.characteristic.site, characteristic=series.characteristic.code)
    n = int(np.count_nonzero(judged.judged))
    if n == 0:
        words = _NO_LIMITS if chart.estimator is None else _TOO_FEW
        return [Verdict.of("info", Phrase.of(words, name=name), subject=about)]
    line = judged.line
    out = (line.statistic > line.upper) | (line.statistic < line.lower)
    share = 2.0 * float(ndtr(-chart.settings.width))
    if chart.settings.kind in MEMORY:
        out &= ~np.append(False, out[:-1])
        share = share if arl0.value is None else 1.0 / arl0.value
    beyond = int(np.count_nonzero(out))
    values: dict[str, Number | str] = {
        "name": name,
        "beyond": Number(value=beyond),
        "n": Number(value=n),
        "expected": Number(value=share * n, decimals=1),
    }
    surely = beyond > 0 and _chance(beyond, n, share, chart) < SURELY
    said = [Phrase.of(_WORDS[chart.settings.kind in MEMORY, surely], **values)]
    broken = int(np.count_nonzero(_patterns(chart)))
    if broken:
        said.append(Phrase.of("{broken} points break a run rule", broken=Number(value=broken)))
    return [Verdict.of("bad" if surely else "info", *said, subject=about)]


def _chance(beyond: int, n: int, share: float, chart: Chart) -> float:
    if chart.settings.kind in MEMORY:
        return float(pdtrc(beyond - 1, share * n))
    return float(bdtrc(beyond - 1, n, share))


def _patterns(chart: Chart) -> BoolArray:
    """Points that break a rule of more than one point."""
    bits = sum(1 << bit for bit, rule in enumerate(chart.judged.rules) if rule.n > 1)
    return chart.judged.flags & np.uint16(bits) > 0


_NO_LIMITS = "{name}: the chart design has no limits for what is shown"
_TOO_FEW = "{name}: too few different values to set limits"
_WORDS = {
    (
        False,
        True,
    ): "{name}: {beyond} of {n} points are beyond the control limits, where chance alone"
    " makes {expected}",
    (False, False): "{name}: {beyond} of {n} points are beyond the control limits, which chance"
    " alone can make ({expected} expected)",
    (
        True,
        True,
    ): "{name}: {beyond} excursions beyond the control limits in {n} points, where chance"
    " alone makes {expected}",
    (True, False): "{name}: {beyond} excursions beyond the control limits in {n} points, which"
    " chance alone can make ({expected} expected)",
}
