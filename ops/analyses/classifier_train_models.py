"""Models of a training's result: candidates, the champion, calibration, what moves them."""

from dataclasses import dataclass
from math import inf, log
from typing import Any

from ops.analyses.classifier_parts import PairedLine
from ops.analyses.classifier_train_lines import paired_lines, score_lines
from ops.analyses.classifier_train_result import (
    CandidateLine,
    DependenceLine,
    ImportanceLine,
    OddsLine,
    TrialLine,
)
from ops.classifier_query import ModelPacket
from ops.classify.checks import DataWarning
from ops.classify.evaluation.model_comparison import compare_models
from ops.classify.evaluation.scores import score_classes
from ops.classify.models.odds import OddsRatio
from ops.classify.training.base import base_score
from ops.classify.training.candidate import Candidate
from ops.classify.training.explain import Explained
from ops.classify.training.judged import Judged
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.train import Training

MOST_IMPORTANT = 40
MOST_ODDS = 60


@dataclass(frozen=True, slots=True)
class Beside:
    """What a training is held against, and what was made of it.

    Parameters
    ----------
    champion, again
        The champion of the registry; its recipe on the same splits. None: there is none.
    artefact
        The model as it is registered; empty: it is not.
    searched
        Settings that were searched.
    """

    warnings: tuple[DataWarning, ...]
    champion: ModelPacket | None
    again: Candidate | None
    artefact: bytes
    searched: int


def candidate_lines(training: Training, plan: TrainingPlan) -> tuple[CandidateLine, ...]:
    """Show candidates beside each other, uncalibrated."""
    kept = training.kept.settings.kind
    lines: list[CandidateLine] = []
    for i, one in enumerate(training.candidates):
        scores = score_lines(score_classes(one.found, positive=training.rows.positive))
        random = _random(training, plan, i)
        lines.append(
            CandidateLine(
                kind=one.settings.kind,
                settings=one.settings.model_dump(mode="json"),
                kept=i == training.lead.at,
                scores=scores,
                random=random,
                against=paired_lines(kept, training.lead.tests.get(i, ())),
            )
        )
    return tuple(lines)


def _random(training: Training, plan: TrainingPlan, at: int) -> float | None:
    if not training.beside:
        return None
    found = score_classes(training.beside[at].found, positive=training.rows.positive)
    return found.of(plan.headline).estimate.value


def gap(training: Training, plan: TrainingPlan) -> dict[str, Any]:
    """Tell the headline score of the kept kind on random and on honest splits."""
    found = score_classes(training.kept.found, positive=training.rows.positive)
    return {
        "random_score": _random(training, plan, training.lead.at),
        "random_base": _random_base(training, plan),
        "honest_score": found.of(plan.headline).estimate.value,
    }


def _random_base(training: Training, plan: TrainingPlan) -> float | None:
    if not training.beside:
        return None
    found = training.beside[training.lead.at].found
    return base_score(found, training.rows.y, plan.headline, training.rows.positive)


def champion_lines(training: Training, beside: Beside) -> tuple[PairedLine, ...]:
    """Hold the kept kind against the champion's recipe."""
    if beside.champion is None or beside.again is None:
        return ()
    tests = compare_models(
        training.kept.found,
        beside.again.found,
        positive=training.rows.positive,
        groups=training.groups,
    )
    return paired_lines(str(beside.champion.number), tests)


def trial_lines(judged: Judged) -> tuple[TrialLine, ...]:
    """Show the maps of probabilities that were tried."""
    used = judged.calibration
    return tuple(
        TrialLine(
            kind=t.kind,
            brier_gain=t.brier_gain.value,
            brier_lower=t.brier_gain.lower,
            brier_upper=t.brier_gain.upper,
            log_loss_gain=t.log_loss_gain.value,
            log_loss_lower=t.log_loss_gain.lower,
            log_loss_upper=t.log_loss_gain.upper,
            accepted=t.accepted,
            kept=used is not None and used.kind == t.kind,
        )
        for t in judged.trials
    )


def _strength(ratio: OddsRatio) -> float:
    """Order of odds ratios: the strongest first, those beyond all numbers before them."""
    return -abs(log(ratio.per_sd)) if ratio.per_sd else -inf


def explained_lines(training: Training, found: Explained) -> dict[str, Any]:
    """Show what moves the answers."""
    odds = found.odds
    unit = dict(zip(training.features.names, training.features.units, strict=True))
    ratios = () if odds is None else sorted(odds.ratios, key=_strength)[:MOST_ODDS]
    return {
        "importance": tuple(
            ImportanceLine(
                column=i.column, loss=i.loss.value, lower=i.loss.lower, upper=i.loss.upper
            )
            for i in found.importance[:MOST_IMPORTANT]
        ),
        "importance_rows": found.rows,
        "odds": tuple(
            OddsLine(
                feature=r.feature,
                unit=unit.get(r.feature, ""),
                of=r.of,
                against=r.against,
                per_unit=r.per_unit,
                lower=None if r.per_unit_interval is None else r.per_unit_interval[0],
                upper=None if r.per_unit_interval is None else r.per_unit_interval[1],
                per_sd=r.per_sd,
            )
            for r in ratios
        ),
        "odds_note": "" if odds is None else odds.no_interval,
        "dependence": tuple(
            DependenceLine(
                column=c.column,
                unit=c.unit,
                grid=tuple(c.found.grid.tolist()),
                mean=tuple(c.found.mean.tolist()),
                low=tuple(c.found.low.tolist()),
                high=tuple(c.found.high.tolist()),
            )
            for c in found.curves
        ),
    }
