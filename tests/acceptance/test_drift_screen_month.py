"""A month of nights of a simulated plant: what is found, what of it is false, how soon.

Tools with three streams each, whose noise is correlated within the tool: autoregressive, or ARMA.
Every night judges the last 30 days by mean and spread; a finding is a tool with one of the two.
Quiet tools are still and the band of the null has no width, so that the null is exact for them,
not easy: that is where the share of false findings is realized. Time to detection and power stand
beside it, also for a band of half a sigma.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.signal import lfilter

from ops.drift.night_control import night_findings, night_level
from ops.drift.screen_batch import MEAN, PointStream, ScreenMargins, screen_batch
from ops.values import FloatArray

STREAMS, NIGHTS = 3, 30
DRIFTING = 8  # tools: half of them drift by 1.5 sigma in 30 days, half step by as much
FDR = 0.10
WITHIN = 0.5  # correlation of streams of a tool
NOISES = [(0.0, 0.0), (0.3, 0.0), (0.6, 0.0), (0.6, -0.3), (0.6, 0.3)]


@dataclass(frozen=True)
class Month:
    """What was found in a month: share of false findings, found tools and after how many nights."""

    false_share: float
    any_false: bool
    hit: float
    nights: float


def noise(rng: np.random.Generator, shape: tuple[int, ...], phi: float, theta: float) -> FloatArray:
    white = rng.normal(size=(*shape[:-1], shape[-1] + 60))
    made = lfilter([1, theta], [1, -phi], white, axis=-1)[..., 60:]
    return np.asarray(made / np.sqrt((1 + 2 * phi * theta + theta**2) / (1 - phi**2)))


def month(
    seed: int, phi: float, theta: float, *, per_day: int, tools: int, drifting: int, margin: float
) -> Month:
    """Simulate a month and judge each of its nights."""
    rng = np.random.default_rng(seed)
    window, total = 30 * per_day, 60 * per_day
    y = WITHIN**0.5 * noise(rng, (tools, 1, total), phi, theta)
    y = y + (1 - WITHIN) ** 0.5 * noise(rng, (tools, STREAMS, total), phi, theta)
    day = np.arange(total) / per_day - 30.0
    y[: drifting // 2, 0] += 1.5 * np.clip(day / 30.0, 0, None)
    y[drifting // 2 : drifting, 0] += np.where(day >= 5.0, 1.5, 0.0)
    first: dict[tuple[int, int], int] = {}
    level = night_level(FDR, nights=NIGHTS)
    tool, kind = np.repeat(np.arange(tools), 2 * STREAMS), np.tile([0, 1], tools * STREAMS)
    margins = ScreenMargins(spread=0.0 if margin == 0.0 else 0.25)
    t = np.arange(window) / per_day
    for night in range(1, NIGHTS + 1):
        here = y[..., night * per_day : night * per_day + window].reshape(-1, window)
        streams = [PointStream(t, each, split=23 * per_day, margin=margin) for each in here]
        p = screen_batch(streams, margins=margins).p_value[:, : MEAN + 2].ravel()
        found = night_findings(p, tool=tool, mechanism=kind, level=level)
        for one in zip(found.tool.tolist(), found.mechanism.tolist(), strict=True):
            first.setdefault(one, night)
    nights = [night for one, night in first.items() if one[0] < drifting and one[1] == MEAN]
    return Month(
        false_share=(len(first) - len(nights)) / max(1, len(first)),
        any_false=len(first) > len(nights),
        hit=len(nights) / max(1, drifting),
        nights=float(np.median(nights)) if nights else np.nan,
    )


def told(months: list[Month], what: str) -> tuple[float, float, float, float]:
    """Realized share, its standard error, found share, median nights; printed."""
    share = np.array([m.false_share for m in months])
    error = float(share.std() / len(months) ** 0.5)
    hit = float(np.mean([m.hit for m in months]))
    nights = [m.nights for m in months if np.isfinite(m.nights)]
    later = float(np.median(nights)) if nights else np.nan
    any_false = float(np.mean([m.any_false for m in months]))
    said = f"FDR {share.mean():.3f} (se {error:.3f}), any false {any_false:.2f}, found {hit:.2f}"
    print(f"{what}: {said}, median night {later:.0f}")  # noqa: T201  (the figures of the long form)
    return float(share.mean()), error, hit, later


def test_findings_of_a_month_keep_their_promise_and_are_soon() -> None:
    months = [
        month(seed, phi, theta, per_day=4, tools=20, drifting=DRIFTING, margin=0.0)
        for seed, (phi, theta) in enumerate(NOISES)
    ]
    share, error, hit, _ = told(months, "short")
    assert share <= FDR + 2 * error
    assert hit > 0.25
    assert not month(9, 0.6, 0.0, per_day=4, tools=20, drifting=0, margin=0.0).any_false


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("per_day", [4, 24])
@pytest.mark.parametrize(("phi", "theta"), NOISES)
def test_findings_of_many_months_keep_their_promise(phi: float, theta: float, per_day: int) -> None:
    count = 40 if per_day == 4 else 10
    what = f"phi {phi:g}, theta {theta:g}, {per_day} points a day"

    def months(drifting: int, margin: float) -> list[Month]:
        return [
            month(s, phi, theta, per_day=per_day, tools=40, drifting=drifting, margin=margin)
            for s in range(1000 * drifting, 1000 * drifting + count)
        ]

    share, error, _, _ = told(months(DRIFTING, 0.0), f"{what}, no band")
    assert share <= FDR + 2 * error
    any_false, _, _, _ = told(months(0, 0.0), f"{what}, all quiet")
    assert any_false <= FDR + 2 * (FDR * (1 - FDR) / count) ** 0.5
    banded, error, _, _ = told(months(DRIFTING, 0.5), f"{what}, band 0.5 sigma")
    assert banded <= FDR + 2 * error
