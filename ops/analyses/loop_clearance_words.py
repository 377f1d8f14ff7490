"""The verdict of loop clearance: the number, its interval, the requirement, the guilty wire."""

from collections.abc import Sequence

from ops.analyses.loop_clearance_result import Probability
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase
from ops.values import Characteristic

PPM = 1e6
_LEVELS: dict[str, Level] = {"met": "good", "missed": "bad", "open": "warn"}


def verdict(
    about: Characteristic,
    package: str,
    overall: Probability | None,
    listed: Sequence[Probability],
    requirement_ppm: float,
) -> Verdict:
    """Say how likely a contact is, against what is allowed, and which wire it comes from."""
    worst = listed[0]
    led = worst if overall is None else overall
    said = [_chance(led, package), _compared(led, requirement_ppm)]
    if led is not worst:
        said.append(_closest(worst, about.unit))
    subject = Subject(site=about.site, characteristic=about.code, factors={"position": worst.one})
    return Verdict.of(_LEVELS[led.judged], *said, subject=subject)


def name_of(one: Probability) -> str:
    """Name of a margin: ``W1 to cavity``, ``W1 to W2``, ``any of a unit``."""
    if not one.one:
        return "any of a unit"
    return f"{one.one} to {one.other or 'cavity'}"


def ppm(value: float | None) -> Number:
    """Parts per million as they are said."""
    return Number(value=None if value is None else float(f"{PPM * value:.3g}"))


def _chance(led: Probability, package: str) -> Phrase:
    place: dict[str, Number | str] = {
        "package": package,
        "margin": name_of(led),
        "units": Number(value=led.units),
    }
    if led.estimate is None:
        return Phrase.of(
            "{package}: contact ({margin}) is below {upper} ppm, none in {units} units (3/n)",
            upper=ppm(led.upper),
            **place,
        )
    template = (
        "{package}: contact ({margin}) {estimate} ppm ({lower} to {upper}), {contacts} in {units}"
        " units"
    )
    return Phrase.of(
        template,
        estimate=ppm(led.estimate),
        lower=ppm(led.lower),
        upper=ppm(led.upper),
        contacts=Number(value=led.contacts),
        **place,
    )


def _compared(led: Probability, requirement_ppm: float) -> Phrase:
    allowed = Number(value=requirement_ppm)
    if led.judged == "met":
        return Phrase.of("{allowed} ppm are allowed: met", allowed=allowed)
    if led.judged == "missed":
        return Phrase.of("{allowed} ppm are allowed: missed", allowed=allowed)
    return Phrase.of(
        "{allowed} ppm are allowed: open, {needed} independent units without contact would show it",
        allowed=allowed,
        needed=Number(value=float(f"{3.0 * PPM / requirement_ppm:.3g}")),
    )


def _closest(worst: Probability, unit: str) -> Phrase:
    return Phrase.of(
        "nearest is {margin} with {mean} {unit} on average, sigma {sigma} {unit}",
        margin=name_of(worst),
        mean=Number(value=worst.mean, decimals=1),
        sigma=Number(value=worst.sigma, decimals=1),
        unit=unit,
    )
