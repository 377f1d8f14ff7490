"""Capillaries as cases: their wear in all, when to change them, those that stand apart.

Further quantities: wear, variance-growth, present-life, change-at, change-hours, index-fresh,
index-worn, departure, sigmas.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Bounds, Stored, level_of, verdicts_of
from ops.page import Subject, Verdict
from ops.page_value import Phrase

MOST_APART = 5  # departures that are told


class _Wear(Stored):
    capillaries: int
    slope: Bounds | None
    p: float | None
    growth: Bounds | None


class _Change(Stored):
    characteristic: str
    site: str
    state: str
    touch_downs: float | None
    lower: float | None
    upper: float | None
    hours: float | None
    index_fresh: float | None
    index_worn: float | None


class _Departure(Stored):
    capillary: str
    tool: str
    characteristic: str
    what: str
    departure: float
    z: float


class _Health(Stored):
    unit: str
    confidence: float
    requirement: float
    pool: _Wear
    changes: tuple[_Change, ...]
    present_life: float | None
    departures: tuple[_Departure, ...]
    departures_in_all: int


def capillary_cases(run: StoredRun) -> Iterator[Case]:
    """Cases of a study of capillaries: all, each characteristic, those that stand apart."""
    result = _Health.model_validate(run.result)
    verdicts = verdicts_of(run)
    yield _wear(run, result, verdicts)
    for change in result.changes:
        yield _change(run, result, change, verdicts)
    for one in result.departures[:MOST_APART]:
        yield _departure(run, result, one)


def _wear(run: StoredRun, result: _Health, verdicts: tuple[Verdict, ...]) -> Case:
    of = Dossier(run, "", "drift", Subject(site=run.site))
    pool, confidence = result.pool, result.confidence
    of.estimate(
        "wear", "change of the height by a million touch-downs", pool.slope, result.unit,
        confidence=confidence,
    )  # fmt: skip
    of.number("p-value", "p of no wear", pool.p)
    of.estimate(
        "variance-growth", "growth of the variance by a million touch-downs", pool.growth,
        confidence=confidence, percent=True, decimals=1,
    )  # fmt: skip
    of.number("present-life", "present life", result.present_life, "touch-downs", decimals=0)
    of.number("units", "capillaries", pool.capillaries, decimals=0)
    of.number("departures", "capillaries apart", result.departures_in_all, decimals=0)
    whole = tuple(verdict for verdict in verdicts if verdict.subject is None)
    for verdict in whole:
        of.verdict(verdict)
    worn = pool.slope is not None and (pool.slope.lower or 0) * (pool.slope.upper or 0) > 0
    facts = {"scope": "fleet", "wears": "yes" if worn else "not-shown"}
    return of.case("Capillaries", level_of(whole), facts)


def _change(
    run: StoredRun, result: _Health, change: _Change, verdicts: tuple[Verdict, ...]
) -> Case:
    subject = Subject(site=change.site, characteristic=change.characteristic)
    of = Dossier(run, f"{change.site}/{change.characteristic}", "drift", subject)
    said = tuple(
        v for v in verdicts if v.subject and v.subject.characteristic == change.characteristic
    )
    level = level_of(said)
    of.number(
        "change-at", "touch-downs at which the index falls below", change.touch_downs,
        "touch-downs", lower=change.lower, upper=change.upper, confidence=result.confidence,
        decimals=0, reference=result.present_life,
        reference_label="" if result.present_life is None else "present life", level=level,
    )  # fmt: skip
    of.number("change-hours", "hours to the count to change at", change.hours, "h", decimals=0)
    for quantity, label, value in (
        ("index-fresh", "index where the break-in ends", change.index_fresh),
        ("index-worn", "index at the longest count seen", change.index_worn),
    ):
        of.number(
            quantity, label, value, decimals=2, reference=result.requirement,
            reference_label="requirement", level=level,
        )  # fmt: skip
    for verdict in said:
        of.verdict(verdict)
    facts = {
        "site": change.site, "characteristic": change.characteristic, "change": change.state,
    }  # fmt: skip
    return of.case(
        Phrase.of("Capillaries on {characteristic}", characteristic=change.characteristic),
        level,
        facts,
    )


def _departure(run: StoredRun, result: _Health, one: _Departure) -> Case:
    subject = Subject(
        site=run.site, characteristic=one.characteristic,
        factors={"tool": one.tool, "capillary": one.capillary},
    )  # fmt: skip
    what = f"{one.characteristic}/{one.tool}/{one.capillary}/{one.what}"
    of = Dossier(run, what, "drift", subject)
    label = "distance from the other capillaries"
    if one.what != "level":
        label = "distance from the other capillaries by a million touch-downs"
    of.number("departure", label, one.departure, result.unit)
    of.number("sigmas", "in standard deviations of the others", one.z)
    facts = {
        "characteristic": one.characteristic, "tool": one.tool, "stratum-factor": "capillary",
        "stratum-level": one.capillary, "status": "apart", "mechanism": one.what,
        "direction": "up" if one.departure > 0 else "down",
    }  # fmt: skip
    return of.case(f"{one.characteristic} {one.tool} {one.capillary}", "info", facts)
