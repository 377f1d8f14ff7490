"""A drift screen as cases: each stream that moved, each that is over it, and all together.

Further quantities: shift, share-near-limit, over-since, tested, found, expected-false, streams.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.pace import add_pace
from ops.advise.read.stored import Stored, level_of, verdicts_of
from ops.page import Subject, Verdict

_NAMED = {  # kind of a finding -> quantity, label
    "trend": ("shift", "shift of the mean"),
    "step": ("step", "step"),
    "level": ("shift", "shift of the mean"),
    "spread": ("spread", "standard deviation over that before"),
    "near-limit": ("share-near-limit", "change of the share near a limit"),
}
_MINUTE = 60_000_000  # microseconds


class _Beside(Stored):
    method: str
    measure: str
    estimate: float | None
    lower: float | None
    upper: float | None


class _Moved(Stored):
    site: str
    level: str
    characteristic: str
    title: str
    unit: str
    mechanism: str
    kind: str
    sign: int
    size: float
    lower: float
    upper: float
    delta: float
    slope: float
    since: int
    p: float
    event: str = ""
    event_at: int | None = None
    over: str = ""
    beside: tuple[_Beside, ...] = ()


class _Over(Stored):
    site: str
    level: str
    characteristic: str
    title: str
    unit: str
    mechanism: str
    event: str
    event_at: int
    shift: float
    lower: float
    upper: float
    delta: float


class _Screen(Stored):
    stream: str
    streams: int
    tools: int
    tested: int
    found: int
    standing: int
    expected_false: float
    findings: tuple[_Moved, ...]
    over: tuple[_Over, ...]


def drift_screen_cases(run: StoredRun) -> Iterator[Case]:
    """Cases of a drift screen: all together first, then stream by stream."""
    result = _Screen.model_validate(run.result)
    verdicts = verdicts_of(run)
    yield _summary(run, result, verdicts)
    for moved in result.findings:
        yield _moved(run, result, moved, verdicts)
    for over in result.over:
        yield _over(run, result, over, verdicts)


def _summary(run: StoredRun, result: _Screen, verdicts: tuple[Verdict, ...]) -> Case:
    of = Dossier(run, "", "drift", Subject(site=run.site))
    of.number("found", "pairs of a tool and a mechanism that drifted", result.found, decimals=0)
    of.number("tested", "pairs that were tested", result.tested, decimals=0)
    of.number("expected-false", "false ones among them at most", result.expected_false)
    of.number("standing", "of them not over", result.standing, decimals=0)
    of.number("streams", "streams judged", result.streams, decimals=0)
    of.number("tools", "tools judged", result.tools, decimals=0)
    whole = tuple(verdict for verdict in verdicts if verdict.subject is None)
    for verdict in whole:
        of.verdict(verdict)
    facts = {"scope": "fleet", "status": "drifts" if result.standing else "not-shown"}
    return of.case("Drift of all tools", level_of(whole), facts)


def _moved(run: StoredRun, result: _Screen, moved: _Moved, verdicts: tuple[Verdict, ...]) -> Case:
    verdict = _verdict(verdicts, moved)
    level = "bad" if verdict is None else verdict.level
    of = Dossier(run, _what(moved), "drift", _subject(result, moved))
    quantity, label = _NAMED.get(moved.kind, ("shift", "shift of the mean"))
    unit = moved.unit if moved.mechanism == "mean" else ""
    of.number(
        quantity, label, moved.size, unit, lower=moved.lower, upper=moved.upper, confidence=0.95,
        reference=-moved.delta if moved.sign < 0 and moved.mechanism == "mean" else moved.delta,
        reference_label="what counts as nothing", level=level,
    )  # fmt: skip
    of.time("since", "begin", moved.since)
    if moved.mechanism == "mean":
        _add_slope(of, moved)
    if moved.event and moved.event_at is not None:
        of.text("event-title", "event nearest to its begin", moved.event, quoted=True)
        of.time("event-at", "when that event was", moved.event_at)
        lag = (moved.since - moved.event_at) / _MINUTE
        of.number("event-lag", "from that event to the begin", lag, "min", decimals=0)
    of.number("p-value", "p of no change", moved.p)
    of.verdict(verdict, moved.event, moved.over)
    return of.case(f"{moved.title} {moved.level}", level, _facts(result, moved))


def _add_slope(of: Dossier, moved: _Moved) -> None:
    line = next((b for b in moved.beside if b.method == "theil-sen"), None)
    unit = f"{moved.unit}/d"
    if line is not None and line.measure == "value/day" and line.estimate is not None:
        add_pace(
            of, "slope", line.estimate, unit, nothing=moved.delta,
            lower=line.lower, upper=line.upper, confidence=0.95,
        )  # fmt: skip
    else:
        add_pace(of, "slope", moved.slope, unit, nothing=moved.delta)


def _over(run: StoredRun, result: _Screen, over: _Over, verdicts: tuple[Verdict, ...]) -> Case:
    verdict = _verdict(verdicts, over)
    of = Dossier(run, f"{_what(over)}/over", "drift", _subject(result, over))
    quantity = "spread" if over.mechanism == "spread" else "shift"
    unit = over.unit if over.mechanism == "mean" else ""
    of.number(
        quantity, "what is left since", over.shift, unit,
        lower=over.lower, upper=over.upper, confidence=0.9,
        reference=over.delta, reference_label="what counts as nothing", level="good",
    )  # fmt: skip
    of.text("event-title", "event since which it is over", over.event, quoted=True)
    of.time("over-since", "since when it is over", over.event_at)
    of.verdict(verdict, over.event)
    facts = {
        "site": over.site, "characteristic": over.characteristic, "tool": over.level,
        "stream": result.stream, "status": "over", "mechanism": over.mechanism,
    }  # fmt: skip
    return of.case(f"{over.title} {over.level}", "good", facts)


def _what(one: _Moved | _Over) -> str:
    parts = (one.site, one.characteristic, one.level)
    return "/".join(parts if one.mechanism == "mean" else (*parts, one.mechanism))


def _subject(result: _Screen, one: _Moved | _Over) -> Subject:
    return Subject(
        site=one.site, characteristic=one.characteristic, factors={result.stream: one.level},
        mechanism=one.mechanism, whole=True,
    )  # fmt: skip


def _verdict(verdicts: tuple[Verdict, ...], one: _Moved | _Over) -> Verdict | None:
    def is_about(subject: Subject | None) -> bool:
        return (
            subject is not None
            and subject.characteristic == one.characteristic
            and one.level in subject.factors.values()
            and subject.mechanism == one.mechanism
        )

    return next((verdict for verdict in verdicts if is_about(verdict.subject)), None)


def _facts(result: _Screen, moved: _Moved) -> dict[str, str]:
    alike = {
        one.level
        for one in result.findings
        if (one.site, one.characteristic, one.mechanism, one.sign)
        == (moved.site, moved.characteristic, moved.mechanism, moved.sign)
    }
    return {
        "site": moved.site, "characteristic": moved.characteristic, "tool": moved.level,
        "stream": result.stream, "status": "over" if moved.over else "drifts",
        "mechanism": moved.kind, "direction": "up" if moved.sign > 0 else "down",
        "event": "near" if moved.event else "none",
        "event-at": "" if moved.event_at is None else str(moved.event_at),
        "tools-alike": str(len(alike)),
    }  # fmt: skip
