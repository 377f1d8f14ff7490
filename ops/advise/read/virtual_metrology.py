"""Virtual metrology as evidence.

Quantities: rmse and the other scores by name, coverage, interval-width, relied-share,
relied-rmse, doubted-rmse, waiting, waiting-doubted, champion-version, verdict. Facts: model,
dataset, label, kind, reached, headline, champion.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.scored import Score, tell_scores
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Phrase


class _Interval(Stored):
    kept: bool = False
    coverage: float | None = None
    lower: float | None = None
    upper: float | None = None
    width: float | None = None


class _Virtual(Stored):
    dataset: str = ""
    title: str = ""
    model: str = ""
    label: str = ""
    unit: str = ""
    kind: str = ""
    headline: str = ""
    scores: tuple[Score, ...] = ()
    mean_scores: tuple[Score, ...] = ()
    last_scores: tuple[Score, ...] = ()
    champion: int | None = None
    coverage: float | None = None
    intervals: tuple[_Interval, ...] = ()
    reached: bool | None = None
    relied_share: float | None = None
    relied_rmse: float | None = None
    doubted_rmse: float | None = None
    waiting: int | None = None
    waiting_doubted: int | None = None


def read_virtual_metrology(run: StoredRun) -> tuple[Case, ...]:
    """Case of a virtual gauge: how well it foretells, and where it can be relied on."""
    found = _Virtual.model_validate(run.result)
    name = found.model or found.dataset
    subject = Subject(site=run.site, factors={"model": found.model} if found.model else {})
    of = Dossier(run, f"{name}/virtual", "classifier", subject)
    _scores(of, found)
    for one in [interval for interval in found.intervals if interval.kept]:
        of.number(
            "coverage", "rows that the intervals hold", one.coverage, percent=True,
            lower=one.lower, upper=one.upper, confidence=0.95, reference=found.coverage,
            reference_label="" if found.coverage is None else "promised",
        )  # fmt: skip
        of.number("interval-width", "mean width of intervals", one.width, found.unit)
    of.number("relied-share", "rows that can be relied on", found.relied_share, percent=True)
    of.number("relied-rmse", "RMSE of these rows", found.relied_rmse, found.unit)
    of.number("doubted-rmse", "RMSE of the other rows", found.doubted_rmse, found.unit)
    of.number("waiting", "rows that are not measured", found.waiting, decimals=0)
    of.number("waiting-doubted", "of these, to be measured", found.waiting_doubted, decimals=0)
    of.number("champion-version", "version of the champion", found.champion, decimals=0)
    level = tell_verdicts(of, run, found.title)
    facts = {
        "model": found.model, "dataset": found.dataset, "label": found.label,
        "kind": found.kind, "headline": found.headline,
        "reached": {None: "", True: "yes", False: "no"}[found.reached],
        "champion": "" if found.champion is None else str(found.champion),
    }  # fmt: skip
    return (
        of.case(
            Phrase.of("virtual {label}", label=found.label) if found.label else "virtual",
            level,
            facts,
        ),
    )


def _scores(of: Dossier, found: _Virtual) -> None:
    for of_whom, scores in (
        ("{score}", found.scores),
        ("{score} of who says the mean so far", found.mean_scores),
        ("{score} of who says the last value", found.last_scores),
    ):
        errors = tuple(one for one in scores if one.name in ("rmse", "mae"))
        others = tuple(one for one in scores if one.name not in ("rmse", "mae"))
        tell_scores(of, errors, found.headline, unit=found.unit, of_whom=of_whom)
        tell_scores(of, others, found.headline, of_whom=of_whom)
