"""The sentences of a drift screen."""

from datetime import UTC, datetime

from ops.analyses.drift_screen_result import DriftFinding, DriftOver, DriftScreenResult
from ops.page import Subject, Verdict
from ops.page_value import Number, Phrase

_MOVED = {
    "trend": "{name} {tool}: the mean moves by {size} {unit} (95 % {lower} to {upper}) since"
    " {since}, more than {delta} {unit}",
    "step": "{name} {tool}: the mean moved at once by {size} {unit} (95 % {lower} to {upper}) at"
    " {since}, more than {delta} {unit}",
    "level": "{name} {tool}: the mean is {size} {unit} (95 % {lower} to {upper}) from its baseline"
    " since {since}, more than {delta} {unit}",
    "spread": "{name} {tool}: the standard deviation is {size} times (95 % {lower} to {upper}) what"
    " it was, since {since}; {delta} times is allowed",
    "near-limit": "{name} {tool}: the share near a limit changed by {size} (95 % {lower} to"
    " {upper}) since {since}, more than {delta}",
}


def screen_verdict(result: DriftScreenResult) -> Verdict:
    """Say how many findings stand, and how many of them are false at most."""
    return Verdict.of(
        "bad" if result.standing else "good",
        Phrase.of(
            "{n} of {all} pairs of a tool and a mechanism have drifted, {over} of them are over",
            n=Number(value=result.found),
            all=Number(value=result.tested),
            over=Number(value=result.found - result.standing),
        ),
        Phrase.of(
            "{false} of them are false at most, on average",
            false=Number(value=result.expected_false, decimals=3),
        ),
    )


def finding_verdict(finding: DriftFinding, stream: str) -> Verdict:
    """Say what drifted, how far, since when, and which event is near."""
    percent = finding.kind == "near-limit"

    def number(value: float) -> Number:
        return Number(value=value, decimals=1 if percent else 2, percent=percent)

    phrases = [
        Phrase.of(
            _MOVED[finding.kind],
            name=finding.title,
            tool=finding.level,
            unit=finding.unit,
            size=number(finding.size),
            lower=number(finding.lower),
            upper=number(finding.upper),
            delta=number(finding.delta),
            since=_moment(finding.since),
        )
    ]
    if finding.event_at is not None:
        phrases.append(_beside(finding.event, finding.event_at, finding.since))
    subject = Subject(
        site=finding.site,
        characteristic=finding.characteristic,
        factors={stream: finding.level},
        mechanism=finding.mechanism,
        whole=True,
    )
    return Verdict.of("bad", *phrases, subject=subject)


def over_verdict(over: DriftOver, stream: str) -> Verdict:
    """Say that a drift is over, by which event and by how little."""
    mean = over.mechanism == "mean"
    template = (
        "{name} {tool}: since {event} ({at}) the mean is back, {shift} {unit} (90 % {lower} to"
        " {upper}) from before the drift, within {delta} {unit}"
        if mean
        else "{name} {tool}: since {event} ({at}) the standard deviation is back, {shift} times"
        " (90 % {lower} to {upper}) that before the drift, within {delta}"
        if over.mechanism == "spread"
        else "{name} {tool}: since {event} ({at}) the share near a limit is back, {shift} (90 %"
        " {lower} to {upper}) from before the drift, within {delta}"
    )
    phrase = Phrase.of(
        template,
        name=over.title,
        tool=over.level,
        event=over.event,
        at=_moment(over.event_at),
        unit=over.unit,
        shift=Number(value=over.shift, decimals=2),
        lower=Number(value=over.lower, decimals=2),
        upper=Number(value=over.upper, decimals=2),
        delta=Number(value=over.delta, decimals=2),
    )
    subject = Subject(
        site=over.site,
        characteristic=over.characteristic,
        factors={stream: over.level},
        mechanism=over.mechanism,
        whole=True,
    )
    return Verdict.of("good", phrase, subject=subject, settled=True)


def _beside(event: str, event_at: int, since: int) -> Phrase:
    hours = (since - event_at) / 3.6e9
    template = "about {hours} h after {event}" if hours >= 0 else "about {hours} h before {event}"
    return Phrase.of(template, hours=Number(value=abs(hours), decimals=1), event=event)


def _moment(us: int) -> str:
    return datetime.fromtimestamp(us / 1e6, tz=UTC).strftime("%Y-%m-%d %H:%M")
