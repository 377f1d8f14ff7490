"""An adopted classifier as evidence.

Quantities: average-precision, brier, log-loss and the other scores by name (as served, then as
it came), coverage, threshold, rows, version, verdict. Facts: model, kind, calibration, headline,
dataset.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.scored import Covered, Score, tell_coverage, tell_scores
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Phrase


class _Adopted(Stored):
    model: str = ""
    adopted: int | None = None
    kind: str = ""
    title: str = ""
    dataset: str = ""
    rows: int | None = None
    headline: str = ""
    base_score: float | None = None
    raw: tuple[Score, ...] = ()
    scores: tuple[Score, ...] = ()
    calibration: str = ""
    threshold: float | None = None
    coverage: float | None = None
    covered: tuple[Covered, ...] = ()


def read_classifier_adopt(run: StoredRun) -> tuple[Case, ...]:
    """Case of an adoption."""
    found = _Adopted.model_validate(run.result)
    subject = Subject(site=run.site, factors={"model": found.model} if found.model else {})
    of = Dossier(run, f"{found.model}/adoption", "classifier", subject)
    tell_scores(of, found.scores, found.headline, base=found.base_score)
    tell_scores(of, found.raw, found.headline, of_whom="{score} as it came")
    tell_coverage(of, found.covered, found.coverage)
    of.number("threshold", "probability from which it calls", found.threshold)
    of.number("rows", "rows", found.rows, decimals=0)
    of.number("version", "version that it is made of", found.adopted, decimals=0)
    level = tell_verdicts(of, run, found.title)
    facts = {
        "model": found.model, "kind": found.kind, "calibration": found.calibration,
        "headline": found.headline, "dataset": found.dataset,
    }  # fmt: skip
    return (of.case(Phrase.of("adoption of {model}", model=found.model), level, facts),)
