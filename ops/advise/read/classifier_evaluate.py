"""Versions of a classifier on later rows as evidence: a case for each version.

Quantities: average-precision, brier, log-loss and the other scores by name, coverage,
challenger-gain, calibration-gap, unusual-share, rows, verdict. Facts: model, version, alias,
kind, against, headline, failure, dataset.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.scored import (
    Covered,
    Paired,
    Score,
    on,
    said_score,
    tell_coverage,
    tell_scores,
)
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Level, Phrase


class _Version(Stored):
    version: int
    alias: str = ""
    kind: str = ""
    scores: tuple[Score, ...] = ()
    covered: tuple[Covered, ...] = ()
    ece: float | None = None
    ece_by_chance: float | None = None
    unusual: float | None = None
    against: tuple[Paired, ...] = ()
    failure: str = ""


class _Evaluated(Stored):
    model: str = ""
    title: str = ""
    dataset: str = ""
    rows: int | None = None
    headline: str = ""
    base_score: float | None = None
    versions: tuple[_Version, ...] = ()


def read_classifier_evaluate(run: StoredRun) -> Iterator[Case]:
    """Cases of an evaluation."""
    found = _Evaluated.model_validate(run.result)
    about = Subject(site=run.site, factors={"model": found.model} if found.model else {})
    of = Dossier(run, f"{found.model}/evaluation", "classifier", about)
    of.number("rows", "rows that were scored", found.rows, decimals=0)
    level = tell_verdicts(of, run, found.title)
    facts = {"model": found.model, "dataset": found.dataset, "headline": found.headline}
    yield of.case(Phrase.of("{model} on later rows", model=found.model), level, facts)
    for one in found.versions:
        yield _version(run, found, one, about)


def _version(run: StoredRun, found: _Evaluated, one: _Version, about: Subject) -> Case:
    what = f"{found.model}/evaluation/{one.alias or 'version'}-{one.version}"
    of = Dossier(run, what, "classifier", about)
    of.number("version", "number of the version", one.version, decimals=0)
    tell_scores(of, one.scores, found.headline, base=found.base_score)
    gain = on(one.against, found.headline)
    of.number(
        "challenger-gain",
        Phrase.of("{score} beyond the first version", score=said_score(found.headline)),
        gain.difference, lower=gain.lower, upper=gain.upper, confidence=0.95, reference=0.0,
        reference_label="alike",
    )  # fmt: skip
    of.number(
        "calibration-gap", "mean gap between promised and seen", one.ece, percent=True,
        reference=one.ece_by_chance,
        reference_label="" if one.ece_by_chance is None else "by chance",
    )  # fmt: skip
    tell_coverage(of, one.covered, None)
    of.number("unusual-share", "share of unusual rows", one.unusual, percent=True)
    level: Level = "warn" if one.failure else "info"
    facts = {
        "model": found.model, "version": str(one.version), "alias": one.alias,
        "kind": one.kind, "against": gain.verdict, "headline": found.headline,
        "failure": "yes" if one.failure else "",
    }  # fmt: skip
    return of.case(
        Phrase.of("version {version} of {model}", version=str(one.version), model=found.model),
        level,
        facts,
    )
