"""What many simulated months add up to: shares, days, false findings, coverage."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ops.simulate.month import DAYS
from ops.simulate.month_cause import MonthCause
from tests.acceptance.drift_months import Detected, MonthScore
from tests.acceptance.drift_months_forecast import TARGETS, crossed, value_sigma

ROWS: dict[str, Callable[[MonthCause], bool]] = {
    "drift of 1.5 sigma": lambda c: c.is_bar,
    "faster drift": lambda c: c.kind == "drift" and not c.is_bar,
    "wear-out": lambda c: c.kind == "wear",
    "step": lambda c: c.kind == "step",
    "gauge": lambda c: c.kind == "gauge",
    "corrections": lambda c: c.kind == "corrections",
}


@dataclass(frozen=True)
class Found:
    """How one kind of cause was found; shares of those where there was something to say."""

    n: int
    in_month: float
    at_all: float
    median: float
    slowest: float  # nine in ten were found by then, days from the begin
    sign: float
    cause: float
    late: float
    event: float


def found_of(scores: Iterable[MonthScore], row: str) -> Found:
    """Sum up one kind of cause."""
    mine = [d for s in scores for d in s.causes if ROWS[row](d.cause)]
    after = np.sort([np.inf if d.after is None else d.after for d in mine])
    return Found(
        n=len(mine),
        in_month=_share(d.night is not None and d.night <= DAYS for d in mine),
        at_all=_share(d.night is not None for d in mine),
        median=_rank(after, 0.5),
        slowest=_rank(after, 0.9),
        sign=_share(d.sign for d in mine if d.sign is not None),
        cause=_share(d.kind for d in mine if d.kind is not None),
        late=_share(d.late for d in mine if d.late is not None),
        event=_share(d.event for d in mine if d.event is not None),
    )


@dataclass(frozen=True)
class FalseFindings:
    """False findings of months of nights: pairs of a tool and a mechanism."""

    months: int
    found: int
    false: int
    fdr: float
    error: float
    any_quiet: int
    quiet: int


def false_of(scores: Sequence[MonthScore]) -> FalseFindings:
    """Count the false findings."""
    share = np.array([len(s.false) / max(1, len(s.found)) for s in scores])
    quiet = [s for s in scores if not s.causes]
    return FalseFindings(
        months=len(scores),
        found=sum(len(s.found) for s in scores),
        false=sum(len(s.false) for s in scores),
        fdr=float(share.mean()),
        error=float(share.std() / len(scores) ** 0.5),
        any_quiet=sum(bool(s.false) for s in quiet),
        quiet=len(quiet),
    )


def in_time(scores: Iterable[MonthScore], target: str) -> tuple[int, int]:
    """Drifts of 1.5 sigma found before `target` meets its limit, and how many there were."""
    found = total = 0
    for score in scores:
        for each in score.causes:
            if each.cause.is_bar:
                total += 1
                found += each.night is not None and each.night < _limit_day(score, each, target)
    return found, total


def _limit_day(score: MonthScore, each: Detected, target: str) -> float:
    day = np.linspace(0.0, 365.0, 3651)
    level = score.month.base[each.cause.place] + each.cause.moved(day)
    return crossed(level, day, TARGETS[target] * value_sigma(), "either")


def coverage(
    scores: Iterable[MonthScore], kinds: Sequence[str], what: str
) -> tuple[int, float, float]:
    """Intervals scored, and the shares of 80 and of 95 % that held.

    Parameters
    ----------
    what
        Days ahead of the level, e.g. ``7``; or ``crossing``.
    """
    mine = [f for s in scores for f in s.forecasts if f.kind in kinds]
    rows: list[tuple[bool, bool]] = []
    for f in mine:
        rows += [(a, b) for n, a, b in f.levels if what in (str(n), "level")]
        rows += [(a, b) for _, a, b in f.crossings if what == "crossing"]
    return len(rows), _share(a for a, _ in rows), _share(b for _, b in rows)


def told(scores: Sequence[MonthScore]) -> Iterator[str]:
    """Tell all figures, line by line."""
    for row in ROWS:
        f = found_of(scores, row)
        yield (
            f"{row}: {f.n}, in the month {f.in_month:.2f}, by day 90 {f.at_all:.2f}, days"
            f" {f.median:.0f} / {f.slowest:.0f}, sign {f.sign:.2f}, cause {f.cause:.2f}"
            f" / {f.late:.2f}, event {f.event:.2f}"
        )
    f = false_of(scores)
    yield (
        f"false: {f.false} of {f.found} in {f.months} months, FDR {f.fdr:.3f} (se {f.error:.3f}),"
        f" any in {f.any_quiet} of {f.quiet} quiet months"
    )
    for target in ("mean", "p99", "cpk-1.00", "cpk-1.33"):
        found, total = in_time(scores, target)
        yield f"1.5 sigma before {target} meets its limit: {found} of {total}"
    kinds = ("quiet", "drift", "wear", "step")
    for name, mine in (("all", kinds), *((kind, (kind,)) for kind in kinds)):
        for what in ("7", "14", "30", "level", "crossing"):
            n, held80, held95 = coverage(scores, mine, what)
            yield f"coverage, {name}, {what}: {n}, {held80:.3f} {held95:.3f}"


def _share(held: Iterable[bool | None]) -> float:
    each = [bool(one) for one in held]
    return float(np.mean(each)) if each else float("nan")


def _rank(ordered: Sequence[float] | np.ndarray, share: float) -> float:
    if len(ordered) == 0:
        return float("nan")
    return float(ordered[min(int(np.ceil(share * len(ordered))) - 1, len(ordered) - 1)])
