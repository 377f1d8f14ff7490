"""Mechanisms of a watched classifier: what of each is evidence."""

from collections.abc import Callable, Mapping

from ops.advise.read.dossier import Dossier, Label
from ops.advise.read.scored import Paired, on, said_score
from ops.advise.read.stored import Stored
from ops.page_value import Phrase

MOST = 5  # columns and challengers


class Ranged(Stored):
    """A number with its 95 % interval."""

    value: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Column(Stored):
    name: str = ""
    unit: str = ""
    found: bool = False
    matters: bool = False
    size: float | None = None
    shift: Ranged = Ranged()
    since: int | None = None


class _Calibration(Stored):
    rows: int | None = None
    events: int | None = None
    said: float | None = None
    ratio: Ranged = Ranged()
    slope: Ranged = Ranged()


class _Performance(Stored):
    promised: Ranged = Ranged()
    realised: Ranged = Ranged()
    difference: Ranged = Ranged()
    base: float | None = None
    foretold_newest: float | None = None
    blind: bool = False


class _Challenger(Stored):
    version: int
    alias: str = ""
    rows: int | None = None
    standing: str = ""
    tests: tuple[Paired, ...] = ()


class _Mechanism(Stored):
    mechanism: str
    level: str = "info"


class Monitored(Stored):
    """What is read of a watch."""

    site: str | None = None
    model: str = ""
    version: int | None = None
    alias: str = ""
    dataset: str = ""
    title: str = ""
    headline: str = ""
    newest: int | None = None
    columns: tuple[_Column, ...] = ()
    tested: int | None = None
    found: int | None = None
    calibration: _Calibration | None = None
    performance: _Performance = _Performance()
    challengers: tuple[_Challenger, ...] = ()
    mechanisms: tuple[_Mechanism, ...] = ()
    recommendation: str = ""


def _ranged(of: Dossier, quantity: str, label: Label, one: Ranged, unit: str = "") -> None:
    of.number(quantity, label, one.value, unit, lower=one.lower, upper=one.upper, confidence=0.95)


def _input(of: Dossier, found: Monitored) -> dict[str, str]:
    moved = [column for column in found.columns if column.found and column.matters]
    for column in moved[:MOST]:
        _ranged(
            of,
            "input-shift",
            Phrase.of("shift of {column}", column=column.name),
            column.shift,
            column.unit,
        )
        of.number(
            "input-size",
            Phrase.of("shift of {column}, in the smallest one worth a word", column=column.name),
            column.size, reference=1.0, reference_label="worth a word",
        )  # fmt: skip
        of.time("since", Phrase.of("{column} moved since", column=column.name), column.since)
    of.number("columns-found", "columns that moved beyond chance", found.found, decimals=0)
    of.number("columns-tested", "columns tested", found.tested, decimals=0)
    return {"column": moved[0].name if moved else ""}


def _calibration(of: Dossier, found: Monitored) -> dict[str, str]:
    one = found.calibration
    if one is None:
        return {"judged": "no"}
    of.number("seen-events", "events that were seen", one.events, decimals=0)
    of.number("expected-events", "events that were promised", one.said)
    of.number(
        "event-ratio", "seen over promised events", one.ratio.value, lower=one.ratio.lower,
        upper=one.ratio.upper, confidence=0.95, reference=1.0, reference_label="as promised",
    )  # fmt: skip
    of.number(
        "calibration-slope", "calibration slope", one.slope.value, lower=one.slope.lower,
        upper=one.slope.upper, confidence=0.95, reference=1.0, reference_label="right",
    )  # fmt: skip
    of.number("rows", "judged rows", one.rows, decimals=0)
    return {"judged": "yes"}


def _performance(of: Dossier, found: Monitored) -> dict[str, str]:
    one, score = found.performance, said_score(found.headline) or "score"
    _ranged(of, "score-now", Phrase.of("{score} now", score=score), one.realised)
    _ranged(of, "score-promised", Phrase.of("{score} that was promised", score=score), one.promised)
    of.number(
        "score-change", Phrase.of("{score} now less that promised", score=score),
        one.difference.value,
        lower=one.difference.lower, upper=one.difference.upper, confidence=0.95,
        reference=0.0, reference_label="as promised",
    )  # fmt: skip
    of.number("score-base", Phrase.of("{score} of who says the base rate", score=score), one.base)
    of.number(
        "foretold", Phrase.of("{score} foretold without labels", score=score), one.foretold_newest
    )
    return {"blind": "yes" if one.blind else "no"}


def _challenger(of: Dossier, found: Monitored) -> dict[str, str]:
    ranked = sorted(found.challengers, key=lambda one: one.standing != "better")
    for one in ranked[:MOST]:
        test = on(one.tests, found.headline)
        of.number("challenger-version", "version of the challenger", one.version, decimals=0)
        of.number(
            "challenger-gain",
            Phrase.of(
                "{score} of version {version} beyond the watched one",
                score=said_score(found.headline), version=str(one.version),
            ),
            test.difference, lower=test.lower, upper=test.upper, confidence=0.95,
            reference=0.0, reference_label="alike",
        )  # fmt: skip
        of.number(
            "rows",
            Phrase.of("rows that judge version {version}", version=str(one.version)),
            one.rows,
            decimals=0,
        )
    best = ranked[0] if ranked else None
    return {
        "standing": best.standing if best else "",
        "challenger": str(best.version) if best else "",
        "challenger-alias": best.alias if best else "",
    }


TELL: Mapping[str, Callable[[Dossier, Monitored], dict[str, str]]] = {
    "input drift": _input,
    "calibration": _calibration,
    "performance": _performance,
    "challenger": _challenger,
}
