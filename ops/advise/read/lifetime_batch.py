"""Lives of many populations as evidence: the test as a whole, then each lot that needs a word.

Quantities: hazard-ratio, failures, expected-failures, units, p-value, b10, life-share and their
-lower bounds, shape, populations, populations-worse, populations-below, spread, verdict.
Facts: life-test, family, lot, stands-out, target-met.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored, verdict_on, verdicts_of
from ops.advise.read.told_life import (
    ToldLife,
    life_test_title,
    meets,
    part_of_test_title,
    tell_life,
)
from ops.page import Subject
from ops.page_value import Level

MOST = 20  # populations: those that fail sooner first, then those that miss the target


class _Population(Stored):
    name: str
    units: float | None = None
    failures: float | None = None
    expected: float | None = None
    ratio: float | None = None
    ratio_lower: float | None = None
    ratio_upper: float | None = None
    adjusted_p: float | None = None
    stands_out: str = ""
    shape: float | None = None
    life: float | None = None
    life_lower: float | None = None


class _Batch(Stored):
    title: str = ""
    unit: str = ""
    family: str = ""
    share: float = 0.1
    confidence: float | None = None
    target: float | None = None
    populations: int | None = None
    units: float | None = None
    failures: float | None = None
    spread: float | None = None
    worse: int | None = None
    below: int | None = None
    shown: tuple[_Population, ...] = ()


def read_lifetime_batch(run: StoredRun) -> Iterator[Case]:
    """Cases of a batch of lives."""
    batch = _Batch.model_validate(run.result)
    code = str(run.params.get("life_test") or "")
    subject = Subject(site=run.site, factors={"life test": code} if code else {})
    of = Dossier(run, code or "batch", "lifetime", subject)
    of.number("populations-worse", "populations that fail sooner", batch.worse, decimals=0)
    of.number("populations-below", "populations that miss the target", batch.below, decimals=0)
    of.number("populations", "populations", batch.populations, decimals=0)
    of.number("failures", "units that failed", batch.failures, decimals=0)
    of.number("units", "units on test", batch.units, decimals=0)
    of.number("spread", "usual spread of hazard ratios", batch.spread, percent=True)
    level = tell_verdicts(of, run, batch.title)
    met = "" if batch.below is None else ("no" if batch.below else "yes")
    facts = {"life-test": code, "family": batch.family, "target-met": met}
    yield of.case(life_test_title(code), level, facts)
    for one in _telling(batch)[:MOST]:
        yield _population(run, batch, one, code)


def _telling(batch: _Batch) -> list[_Population]:
    """Choose the populations that need a word, those that fail sooner first."""
    out = [one for one in batch.shown if one.stands_out == "worse"]
    missed = [
        one
        for one in batch.shown
        if one.stands_out != "worse" and meets(one.life_lower, batch.target) == "no"
    ]
    return out + missed + [one for one in batch.shown if one.stands_out == "better"]


def _population(run: StoredRun, batch: _Batch, one: _Population, code: str) -> Case:
    verdict = verdict_on(verdicts_of(run), level=one.name)
    about = verdict.subject if verdict else None
    subject = about or Subject(site=run.site, factors={"lot": one.name})
    of = Dossier(run, "/".join(filter(None, (code, one.name))), "lifetime", subject)
    of.number(
        "hazard-ratio", "hazard ratio to the usual", one.ratio, lower=one.ratio_lower,
        upper=one.ratio_upper, confidence=batch.confidence, reference=1.0,
        reference_label="usual",
    )  # fmt: skip
    of.number("failures", "units that failed", one.failures, decimals=0)
    of.number("expected-failures", "failures to be expected", one.expected, decimals=1)
    of.number("units", "units on test", one.units, decimals=0)
    of.number("p-value", "p-value over all populations", one.adjusted_p)
    life = ToldLife(p=batch.share, estimate=one.life, lower_one_sided=one.life_lower)
    tell_life(of, life, batch.unit, batch.confidence, target=batch.target)
    if batch.family == "weibull":
        of.number("shape", "Weibull shape", one.shape)
    of.verdict(verdict)
    met = meets(one.life_lower, batch.target)
    facts = {
        "life-test": code, "family": batch.family, "lot": one.name,
        "stands-out": one.stands_out, "target-met": met,
    }  # fmt: skip
    return of.case(part_of_test_title(one.name, code), _level(one, met), facts)


def _level(one: _Population, met: str) -> Level:
    if one.stands_out == "worse":
        return "bad"
    return "warn" if met == "no" else "good"
