"""Control charts and phase I as cases: points beyond the limits beside what chance makes.

Further quantities: beyond, points, rule-points, autocorrelation, arl.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Bounds, Stored
from ops.page import Subject, Verdict
from ops.page_value import Phrase

MOST_RULES = 3


class _Rule(Stored):
    name: str
    points: int


class _Stream(Stored):
    level: str
    beyond: int


class _Chart(Stored):
    code: str
    title: str
    site: str
    judged: int
    beyond: int
    expected: float
    rules: tuple[_Rule, ...]
    streams: tuple[_Stream, ...]
    verdict: Verdict


class _Charts(Stored):
    characteristics: tuple[_Chart, ...]


class _Short(Stored):
    arl_known: float
    arl_median: float


class _PhaseOne(Stored):
    code: str
    title: str
    site: str
    points: int
    beyond: int
    expected: float
    short: _Short | None
    autocorrelation: Bounds | None
    verdict: Verdict


def control_chart_cases(run: StoredRun) -> Iterator[Case]:
    """Cases of control charts, one for each characteristic, worst first."""
    for one in _Charts.model_validate(run.result).characteristics:
        of = _opened(run, one)
        _add_beyond(of, one.beyond, one.judged, one.expected, one.verdict)
        for rule in one.rules[:MOST_RULES]:
            of.name("violated-rule", "rule that is broken", rule.name)
            of.number(
                "rule-points",
                Phrase.of("points that break {rule}", rule=rule.name),
                rule.points,
                decimals=0,
            )
        of.verdict(one.verdict)
        worst = one.streams[0] if one.streams and one.streams[0].beyond else None
        yield of.case(one.title, one.verdict.level, _facts(one, worst))


def phase_one_cases(run: StoredRun) -> Iterator[Case]:
    """Case of phase I: whether the window can carry limits."""
    one = _PhaseOne.model_validate(run.result)
    of = _opened(run, one)
    _add_beyond(of, one.beyond, one.points, one.expected, one.verdict)
    of.estimate(
        "autocorrelation", "correlation of neighbouring points", one.autocorrelation,
        confidence=0.95, decimals=2,
    )  # fmt: skip
    if one.short is not None:
        of.number(
            "arl", "median run length to a false alarm", one.short.arl_median, decimals=0,
            reference=one.short.arl_known, reference_label="with known parameters",
        )  # fmt: skip
    of.verdict(one.verdict)
    yield of.case(one.title, one.verdict.level, _facts(one, None))


def _opened(run: StoredRun, one: _Chart | _PhaseOne) -> Dossier:
    subject = one.verdict.subject or Subject(site=one.site, characteristic=one.code)
    return Dossier(run, f"{one.site}/{one.code}", "drift", subject)


def _add_beyond(of: Dossier, beyond: int, points: int, expected: float, verdict: Verdict) -> None:
    of.number(
        "beyond", "points beyond the limits", beyond, decimals=0, level=verdict.level,
        reference=expected, reference_label="expected by chance",
    )  # fmt: skip
    of.number("points", "points judged", points, decimals=0)


def _facts(one: _Chart | _PhaseOne, worst: _Stream | None) -> dict[str, str]:
    stable = {"good": "yes", "warn": "open", "bad": "no"}.get(one.verdict.level, "")
    return {
        "site": one.site, "characteristic": one.code, "stable": stable,
        "worst-stream": "" if worst is None else worst.level,
    }  # fmt: skip
