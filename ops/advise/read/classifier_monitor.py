"""A watch over a served classifier as evidence: a case for each mechanism, and one for all.

Quantities: champion-version, newest-rows, input-shift, input-size, columns-found, seen-events,
expected-events, event-ratio, calibration-slope, score-promised, score-now, score-change,
score-base, foretold, challenger-version, challenger-gain, verdict. Facts: model, alias,
mechanism, status, recommendation, column, blind, standing, challenger, champion, headline, since.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.monitored import TELL, Monitored
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import verdicts_of
from ops.page import Subject
from ops.page_value import Level, Phrase

_LEVELS: dict[str, Level] = {"good": "good", "warn": "warn", "bad": "bad"}


def read_classifier_monitor(run: StoredRun) -> Iterator[Case]:
    """Cases of a watched model."""
    found = Monitored.model_validate(run.result)
    factors = {"model": found.model} if found.model else {}
    of = Dossier(
        run, found.model or "model", "classifier", Subject(site=found.site, factors=factors)
    )
    label = Phrase.of("watched version ({alias})", alias=found.alias)
    of.number(
        "champion-version", label if found.alias else "watched version", found.version, decimals=0
    )
    of.number("newest-rows", "newest rows", found.newest, decimals=0)
    level = tell_verdicts(of, run, found.title)
    yield of.case(Phrase.of("model {model}", model=found.model), level, _facts(found))
    for line in found.mechanisms:
        tell = TELL.get(line.mechanism)
        if tell is None:
            continue
        what = f"{found.model or 'model'}/{line.mechanism.replace(' ', '-')}"
        about = Subject(site=found.site, factors=factors, mechanism=line.mechanism, whole=True)
        part = Dossier(run, what, "classifier", about)
        facts = tell(part, found) | {"mechanism": line.mechanism, "status": line.level}
        for verdict in verdicts_of(run):
            if verdict.subject is not None and verdict.subject.mechanism == line.mechanism:
                part.verdict(verdict)
        worst = _LEVELS.get(line.level, "info")
        title = Phrase.of("{mechanism} of {model}", mechanism=line.mechanism, model=found.model)
        yield part.case(title, worst, _facts(found) | facts)


def _facts(found: Monitored) -> dict[str, str]:
    return {
        "model": found.model, "alias": found.alias, "headline": found.headline,
        "recommendation": found.recommendation, "dataset": found.dataset,
        "champion": "" if found.version is None else str(found.version),
    }  # fmt: skip
