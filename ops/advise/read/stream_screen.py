"""A stream screen as cases: all streams together, then each that left its baseline.

Further quantities: shift, sigmas, found, streams, signals, adjusted-p.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.stored import Stored, level_of, verdict_on, verdicts_of
from ops.page import Subject, Verdict
from ops.page_value import Phrase


class _Chart(Stored):
    chart: str
    found: int
    expected: float


class _Finding(Stored):
    characteristic: str
    title: str
    site: str
    unit: str
    level: str
    center: float
    sigma: float
    shift: float
    shift_lower: float
    shift_upper: float
    shift_sigmas: float
    rules: tuple[str, ...]
    strongest: str
    p: float
    adjusted: float


class _Screen(Stored):
    streams: int
    fdr: float
    found: int
    charts: tuple[_Chart, ...]
    findings: tuple[_Finding, ...]


def stream_screen_cases(run: StoredRun) -> Iterator[Case]:
    """Cases of a stream screen: all together first, then stream by stream."""
    result = _Screen.model_validate(run.result)
    verdicts = verdicts_of(run)
    of = Dossier(run, "", "drift", Subject(site=run.site))
    of.number("found", "streams that left their baseline", result.found, decimals=0)
    of.number("streams", "streams judged", result.streams, decimals=0)
    for chart in result.charts[:1]:
        of.number(
            "signals", Phrase.of("streams with {signal}", signal=chart.chart),
            chart.found, decimals=0,
            reference=chart.expected, reference_label="expected by chance",
        )  # fmt: skip
    whole = tuple(verdict for verdict in verdicts if verdict.subject is None)
    for verdict in whole:
        of.verdict(verdict)
    facts = {"scope": "fleet", "status": "left" if result.found else "in-control"}
    yield of.case("Streams against their baselines", level_of(whole), facts)
    stream = run.params.get("stream")
    for finding in result.findings:
        yield _finding(run, finding, verdicts, stream if isinstance(stream, str) else "stream")


def _finding(run: StoredRun, finding: _Finding, verdicts: tuple[Verdict, ...], stream: str) -> Case:
    verdict = verdict_on(verdicts, characteristic=finding.characteristic, level=finding.level)
    level = "bad" if verdict is None else verdict.level
    subject = Subject(
        site=finding.site, characteristic=finding.characteristic, factors={stream: finding.level}
    )
    what = f"{finding.site}/{finding.characteristic}/{finding.level}"
    of = Dossier(run, what, "drift", subject)
    of.number(
        "shift", "shift from the baseline", finding.shift, finding.unit,
        lower=finding.shift_lower, upper=finding.shift_upper, confidence=0.95, level=level,
    )  # fmt: skip
    of.number("sigmas", "shift in sigma of the baseline", finding.shift_sigmas)
    of.number("level", "level of the baseline", finding.center, finding.unit)
    of.number("sigma", "sigma of the baseline", finding.sigma, finding.unit)
    of.name("violated-rule", "run rules that are broken", " ".join(finding.rules))
    of.number("p-value", "p of no change", finding.p)
    of.number("adjusted-p", "least false discovery rate", finding.adjusted)
    of.verdict(verdict)
    facts = {
        "site": finding.site, "characteristic": finding.characteristic, "tool": finding.level,
        "stream": stream, "status": "left", "test": finding.strongest,
        "mechanism": "trend" if finding.strongest == "slope" else "level",
        "direction": "up" if finding.shift > 0 else "down",
    }  # fmt: skip
    return of.case(f"{finding.title} {finding.level}", level, facts)
