"""The verdicts of a study of capillaries: wear, and when to change."""

from ops.analyses.capillary_health_result import ChangeOfCapillary, WearOfGroup
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase

_CHANGES = {
    "from-start": "{name}: the index is {fresh} when the break-in ends, below {requirement} at any"
    " count of touch-downs: changing capillaries earlier does not mend it",
    "found": "{name}: the index falls below {requirement} at {count} thousand touch-downs ({lower}"
    " to {upper}): change at {lower} thousand, about {hours} h at the bonders' pace",
    "unsure": "{name}: the index is {fresh} when the break-in ends, but it is not sure that it is"
    " above {requirement} even then: more capillaries are needed to advise a count",
    "not-seen": "{name}: the index stays above {requirement}, {worn} at the longest count seen;"
    " a change point is not within what was seen",
    "none": "{name}: no change point: {reason}",
}
_LATER = {
    False: "capillaries are changed at {life} thousand now, which keeps it",
    True: "capillaries are changed at {life} thousand now, which is too late",
}


def verdicts_of(
    pool: WearOfGroup,
    changes: tuple[ChangeOfCapillary, ...],
    life: float | None,
    *,
    unit: str,
    requirement: float,
) -> tuple[Verdict, ...]:
    """Say how capillaries wear, and when the first characteristic asks for a change."""
    return (
        _change(changes[0], life, requirement),
        Verdict.of("info", _wear(pool, unit)),
    )


def thousands(count: float | None) -> Number:
    """Touch-downs in thousands."""
    return Number(value=None if count is None else count / 1e3, decimals=0)


def _change(first: ChangeOfCapillary, life: float | None, requirement: float) -> Verdict:
    said = [
        Phrase.of(
            _CHANGES[first.state],
            name=first.characteristic,
            requirement=Number(value=requirement, decimals=2),
            fresh=Number(value=first.index_fresh, decimals=2),
            worn=Number(value=first.index_worn, decimals=2),
            count=thousands(first.touch_downs),
            lower=thousands(first.lower),
            upper="beyond what was seen" if first.upper is None else thousands(first.upper),
            hours=Number(value=first.hours, decimals=0),
            reason=first.reason,
        )
    ]
    levels: dict[str, Level] = {
        "from-start": "bad",
        "found": "info",
        "unsure": "warn",
        "not-seen": "good",
        "none": "info",
    }
    level = levels[first.state]
    if first.state == "not-seen" and first.lower is not None:
        lower = thousands(first.lower)
        said.append(Phrase.of("it may fall below from {lower} thousand on", lower=lower))
    if first.lower is not None and life is not None:
        late = life > first.lower
        level = "warn" if late else "good"
        said.append(Phrase.of(_LATER[late], life=thousands(life)))
    subject = Subject(site=first.site, characteristic=first.characteristic)
    return Verdict.of(level, *said, subject=subject)


def _wear(pool: WearOfGroup, unit: str) -> Phrase:
    slope = pool.slope
    values = (None,) * 3 if slope is None else (slope.value, slope.lower, slope.upper)
    slope_, lower, upper = (Number(value=v, decimals=2) for v in values)
    sure = slope is not None and not slope.lower <= 0.0 <= slope.upper
    claim = (
        "the height moves by {slope} {unit} ({lower} to {upper}) in a million touch-downs, on"
        " {capillaries} capillaries"
        if sure
        else "the height moves by {slope} {unit} ({lower} to {upper}) in a million touch-downs: no"
        " wear is shown"
    )
    return Phrase.of(
        claim,
        slope=slope_,
        lower=lower,
        upper=upper,
        unit=unit,
        capillaries=Number(value=pool.capillaries),
    )
