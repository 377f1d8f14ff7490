"""Sentences of the drift analysis: what drifts, when limits are met, what to do, what would tip."""

from collections.abc import Iterator
from datetime import UTC, datetime

from ops.analyses.drift_lead import leading
from ops.analyses.drift_result import (
    DriftChange,
    DriftCrossing,
    DriftEvidence,
    DriftReason,
    DriftResult,
    DriftTipping,
)
from ops.analyses.drift_terms_words import ACTION_WORDS, event_word
from ops.drift.reason import SENTENCES, clause_of
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase

SOON_DAYS = 14.0
_HOUR, _DAY = 60.0, 1440.0  # minutes
_MOVED: dict[str, str] = {
    "trend": "{name}: it moves by {size} {unit} ({lower} to {upper})",
    "step": "{name}: it stepped by {size} {unit} ({lower} to {upper}) on {day}",
    "level": "{name}: it stands off its baseline by {size} {unit} ({lower} to {upper})",
    "spread": "{name}: its variance is {size} times that of the baseline ({lower} to {upper})",
    "corrections": "{name}: corrections hide a drift of {size} {unit} ({lower} to {upper})",
    "corrections-grow": "{name}: ever more is corrected, growth {size} ({lower} to {upper})",
    "near-limit": "{name}: the share of values near a limit grows by {size} a day"
    " ({lower} to {upper})",
    "group": "{name}: what is measured together moved by {size} {unit} ({lower} to {upper})",
    "group-correlation": "{name}: what is measured together moves together otherwise than before"
    " (distance {size})",
    "shape": "{name}: the shape of its distribution changed (distance {size})",
}
_DO: dict[str, str] = {
    "now": "{title}: now; it saves {saving} {currency} against going on ({lower} to {upper})",
    "later": "{title}: in {day} d; it saves {saving} {currency} against going on"
    " ({lower} to {upper})",
    "bridged-now": "{first}: now; then, {title}: in {day} d; both save {saving} {currency}"
    " against going on ({lower} to {upper})",
    "bridged-later": "{first}: in {first_day} d; then, {title}: in {day} d; both save {saving}"
    " {currency} against going on ({lower} to {upper})",
    "by-rule": "{title}: within {day} d, by the rules alone",
    "by-rule-now": "{title}: now, by the rules alone",
    "keep": "keep going: nothing has to be done",
}
_TIPS: dict[str, str] = {
    "slope": "If the level moved by {value} {unit} a day, {factor} times the {forecast} that are"
    " forecast: {choice}.",
    "cost-of-going-on": "If going on cost {factor} times as much: {choice}.",
    "cost-of-acting": "If acting cost {factor} times as much: {choice}.",
    "slope-day": "If the level moved by {value} {unit} a day, {factor} times the {forecast} that"
    " are forecast: {choice} on day {day}.",
    "cost-of-going-on-day": "If going on cost {factor} times as much: {choice} on day {day}.",
    "cost-of-acting-day": "If acting cost {factor} times as much: {choice} on day {day}.",
}

# one alert for what may lead as a trend one night and as a step the next
_ALERT = {"trend": "mean", "step": "mean", "level": "mean", "group": "mean", "shape": "spread"}


def day_of(at: int) -> str:
    """Day of an instant, UTC."""
    return datetime.fromtimestamp(at / 1_000_000, UTC).date().isoformat()


def name_of(result: DriftResult) -> str:
    """Name what is judged."""
    return f"{result.title} {result.tool}".strip()


def main_evidence(result: DriftResult) -> DriftEvidence | None:
    """Piece of evidence that leads."""
    return leading(result.evidence)


def first_crossing(result: DriftResult, target: str = "mean") -> DriftCrossing | None:
    """Find the crossing of a target on the side where it comes first."""
    if result.forecast is None:
        return None
    found = [c for c in result.forecast.crossings if c.target == target]
    return next((c for c in found if c.side == "either"), found[0] if found else None)


def verdicts(result: DriftResult) -> Iterator[Verdict]:
    """Say whether it drifts, when it meets its limits, and what to do."""
    main = main_evidence(result)
    subject = Subject(
        site=result.site,
        characteristic=result.code,
        factors={result.stream: result.tool} if result.tool else {},
        mechanism="mean" if main is None else _ALERT.get(main.mechanism, main.mechanism),
    )
    level = _level(result, main)
    said = [_drifts(result, main), *_began(result, main)]
    crossing = _meets(result) if main is not None else None
    if crossing is not None:
        said.append(crossing)
    over = main is None and _is_shown(result)
    yield Verdict.of(level, *said, subject=subject, settled=over)
    decided = (_decided(result), *_first_reason(result))
    acts = result.decision.action != "keep"
    yield Verdict.of(level if acts else "good", *decided, subject=subject, settled=over)


def _level(result: DriftResult, main: DriftEvidence | None) -> Level:
    if main is None:
        return "good"
    crossing = first_crossing(result)
    if crossing is None or crossing.median is None:
        return "warn"
    return "bad" if crossing.median <= SOON_DAYS else "warn"


def _is_shown(result: DriftResult) -> bool:
    """Whether it is shown, not only not refuted, that nothing drifts."""
    means = [one for one in result.evidence if one.mechanism in ("trend", "level")]
    return bool(means) and all(
        any(one.absent for one in means if one.mechanism == mechanism)
        for mechanism in {one.mechanism for one in means}
    )


def _drifts(result: DriftResult, main: DriftEvidence | None) -> Phrase:
    name = name_of(result)
    if any(one.id == "single-value" for one in result.remarks):
        return Phrase.of(
            "{name}: all {points} points are {value} {unit}: a drift cannot be told",
            name=name,
            points=Number(value=result.points, decimals=0),
            value=_short(result.value[0]),
            unit=result.unit,
        )
    if main is None and _is_shown(result):
        return Phrase.of(
            "{name}: no drift, shown to be within {margin} {unit}",
            name=name,
            margin=Number(value=result.margin),
            unit=result.unit,
        )
    if main is None:
        return Phrase.of("{name}: no drift is shown", name=name)
    return Phrase.of(
        _MOVED[_claim(main)],
        name=name,
        size=_short(main.estimate),
        unit=main.unit,
        lower=_short(main.lower),
        upper=_short(main.upper),
        day="" if main.since is None else day_of(main.since),
    )


def _claim(main: DriftEvidence) -> str:
    """Name the sentence of a claim: by its method where one mechanism has several."""
    if main.method == "group-correlation":
        return main.method
    if main.mechanism == "corrections" and not main.unit:
        return "corrections-grow"
    return main.mechanism


def _began(result: DriftResult, main: DriftEvidence | None) -> Iterator[Phrase]:
    """Say since when, and which event goes with it."""
    if main is None or main.since is None:
        return
    if main.mechanism == "step":
        change = next((c for c in result.changes if c.at == main.since), None)
        if change is not None:
            yield from _followed(change)
    elif main.method in ("bend", "cusum", "ewma", "page-hinkley"):
        yield Phrase.of("it began about {day}", day=day_of(main.since))


def _followed(change: DriftChange) -> Iterator[Phrase]:
    """Say what event goes with a step."""
    if not change.event or change.lag_minutes is None:
        yield Phrase.of("no event of the tool goes with it")
        return
    lag = abs(change.lag_minutes)
    size, unit = (lag, "min") if lag < 2 * _HOUR else (lag / _HOUR, "h")
    size, unit = (size, unit) if lag < 2 * _DAY else (lag / _DAY, "d")
    when = "after" if change.lag_minutes > 0 else "before"
    if change.lag_minutes == 0:
        yield Phrase.of("during the {event}", event=event_word(change.event))
        return
    likely = {
        ("after", True): "{lag} {unit} after the {event}",
        ("before", True): "{lag} {unit} before the {event} was noted",
        ("after", False): "{lag} {unit} after the {event}, which may be chance",
        ("before", False): "{lag} {unit} before the {event}, which may be chance",
    }
    yield Phrase.of(
        likely[when, change.convincing],
        lag=Number(value=size, decimals=0),
        unit=unit,
        event=event_word(change.event),
    )


def _meets(result: DriftResult) -> Phrase | None:
    crossing = first_crossing(result)
    if crossing is None:
        return None
    if crossing.now > 0.5:
        return Phrase.of("its mean is beyond a limit already")
    if crossing.median is None:
        return Phrase.of(
            "its mean meets no limit within {days} days (probability {share})",
            days=Number(value=_horizon(result)),
            share=Number(value=crossing.probability, percent=True, decimals=0),
        )
    if crossing.upper80 is None:
        return Phrase.of(
            "its mean meets a limit in {median} days (80 %: {lower} or more)",
            median=Number(value=crossing.median, decimals=0),
            lower=Number(value=crossing.lower80, decimals=0),
        )
    return Phrase.of(
        "its mean meets a limit in {median} days (80 %: {lower} to {upper})",
        median=Number(value=crossing.median, decimals=0),
        lower=Number(value=crossing.lower80, decimals=0),
        upper=Number(value=crossing.upper80, decimals=0),
    )


def _horizon(result: DriftResult) -> float:
    return 0.0 if result.forecast is None else result.forecast.fan.days[-1]


def _decided(result: DriftResult) -> Phrase:
    made = result.decision
    if made.action == "keep":
        return Phrase.of(_DO["keep"])
    if made.saving is None:
        sentence = _DO["by-rule" if made.day else "by-rule-now"]
        return Phrase.of(sentence, title=made.title, day=Number(value=made.day))
    name = "later" if made.day else "now"
    if made.first_action:
        name = "bridged-later" if made.first_day else "bridged-now"
    return Phrase.of(
        _DO[name],
        title=made.title,
        day=Number(value=made.day),
        first=made.first_title,
        first_day=Number(value=made.first_day),
        saving=_money(made.saving),
        currency=made.currency,
        lower=_money(made.saving_lower),
        upper=_money(made.saving_upper),
    )


def _first_reason(result: DriftResult) -> tuple[Phrase, ...]:
    reasons = [*reasons_of(result)]
    if not reasons:
        return ()
    first = reasons[0]
    return (Phrase(template=clause_of(first.template), values=first.values),)


def reasons_of(result: DriftResult) -> Iterator[Phrase]:
    """Say why the decision fell."""
    for one in result.decision.reasons:
        yield _reason(one, result.unit)


def _reason(one: DriftReason, unit: str) -> Phrase:
    values: dict[str, Number | str] = {
        key: event_word(value) if isinstance(value, str) else _short(value)
        for key, value in one.values.items()
    }
    return Phrase.of(SENTENCES[one.id], **({"unit": unit} | values))  # type: ignore[index]


def tips_of(result: DriftResult) -> Iterator[Phrase]:
    """Say what would change the decision."""
    for one in result.decision.tippings:
        yield _tip(one, result.unit)


def _tip(one: DriftTipping, unit: str) -> Phrase:
    return Phrase.of(
        _TIPS[one.what if one.day is None else f"{one.what}-day"],
        factor=_short(one.factor),
        value=_short(one.value),
        forecast=_short(None if one.value is None else one.value / one.factor),
        unit=unit,
        choice=ACTION_WORDS.get(one.action, one.action),
        day=Number(value=one.day),
    )


def _short(value: float | None) -> Number:
    return Number(value=None if value is None else float(f"{value:.3g}"))


def _money(value: float | None) -> Number:
    return Number(value=None if value is None else float(f"{value:.3g}"), decimals=0)
