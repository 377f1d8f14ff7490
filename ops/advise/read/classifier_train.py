"""A training of a classifier as evidence; on traces too.

Quantities: average-precision, brier, log-loss and the other scores by name, calibration-gap,
coverage, champion-version, champion-gain, events-share, rows, threshold, column-worth,
trace-stretch, verdict. Facts: model, dataset, kind, calibration, headline, champion,
against-champion, warnings, mechanism.
"""

from collections.abc import Mapping
from typing import Any

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
from ops.page_value import Number, Phrase

MOST = 5  # columns and stretches, the weightiest first


class _Column(Stored):
    column: str = ""
    loss: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Stretch(Stored):
    column: str = ""
    start: float | None = None
    end: float | None = None
    loss: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Warned(Stored):
    code: str = ""


class _Training(Stored):
    dataset: str = ""
    title: str = ""
    model: str = ""
    kind: str = ""
    headline: str = ""
    base_rate: float | None = None
    rows: int | None = None
    scores: tuple[Score, ...] = ()
    base_score: float | None = None
    champion: int | None = None
    against_champion: tuple[Paired, ...] = ()
    calibration: str = ""
    threshold: float | None = None
    coverage: float | None = None
    covered: tuple[Covered, ...] = ()
    ece: float | None = None
    ece_by_chance: float | None = None
    importance: tuple[_Column, ...] = ()
    warnings: tuple[_Warned, ...] = ()


class _Traces(Stored):
    training: _Training
    stretches: tuple[_Stretch, ...] = ()


def read_classifier_train(run: StoredRun) -> tuple[Case, ...]:
    """Case of a training."""
    return (_case(run, run.result, ()),)


def read_trace_classifier_train(run: StoredRun) -> tuple[Case, ...]:
    """Case of a training on traces."""
    traces = _Traces.model_validate(run.result)
    return (_case(run, run.result["training"], traces.stretches),)


def _case(run: StoredRun, result: Mapping[str, Any], stretches: tuple[_Stretch, ...]) -> Case:
    found = _Training.model_validate(result)
    name = found.model or found.dataset
    subject = Subject(site=run.site, factors={"model": found.model} if found.model else {})
    of = Dossier(run, f"{name}/training", "classifier", subject)
    tell_scores(of, found.scores, found.headline, base=found.base_score)
    gain = _champion(of, found)
    of.number(
        "calibration-gap", "mean gap between promised and seen", found.ece, percent=True,
        reference=found.ece_by_chance,
        reference_label="" if found.ece_by_chance is None else "by chance",
    )  # fmt: skip
    tell_coverage(of, found.covered, found.coverage)
    of.number("events-share", "share of events", found.base_rate, percent=True)
    of.number("rows", "rows", found.rows, decimals=0)
    of.number("threshold", "probability from which it calls", found.threshold)
    _weights(of, found, stretches)
    level = tell_verdicts(of, run, found.title)
    facts = {
        "model": found.model, "dataset": found.dataset, "kind": found.kind,
        "calibration": found.calibration, "headline": found.headline,
        "champion": "" if found.champion is None else str(found.champion),
        "against-champion": gain.verdict, "mechanism": "training",
        "warnings": " ".join(w.code for w in found.warnings),
    }  # fmt: skip
    return of.case(Phrase.of("training of {model}", model=name), level, facts)


def _champion(of: Dossier, found: _Training) -> Paired:
    gain = on(found.against_champion, found.headline)
    of.number("champion-version", "version of the champion", found.champion, decimals=0)
    of.number(
        "champion-gain", Phrase.of("{score} beyond the champion", score=said_score(found.headline)),
        gain.difference, lower=gain.lower, upper=gain.upper, confidence=0.95, reference=0.0,
        reference_label="alike",
    )  # fmt: skip
    return gain


def _weights(of: Dossier, found: _Training, stretches: tuple[_Stretch, ...]) -> None:
    for one in found.importance[:MOST]:
        of.number(
            "column-worth", Phrase.of("log-loss that {column} saves", column=one.column),
            one.loss, lower=one.lower,
            upper=one.upper, confidence=0.95,
        )  # fmt: skip
    for part in sorted(stretches, key=lambda s: -(s.loss or 0.0))[:MOST]:
        label = Phrase.of(
            "log-loss that {column} from {begin} to {end} saves", column=part.column,
            begin=Number(value=part.start or 0.0, decimals=0, percent=True),
            end=Number(value=part.end or 0.0, decimals=0, percent=True),
        )  # fmt: skip
        of.number(
            "trace-stretch", label, part.loss,
            lower=part.lower, upper=part.upper, confidence=0.95,
        )  # fmt: skip
