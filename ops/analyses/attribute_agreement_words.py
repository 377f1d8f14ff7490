"""What an attribute agreement study says."""

from ops.gauge.appraisal import ALARMS, EFFECTIVE, MISSES, Agreement, Appraiser, Grade
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase
from ops.values import Characteristic, Factor

_GRADES: tuple[Grade, ...] = ("acceptable", "marginal", "unacceptable")
_LEVELS: dict[Grade, Level] = {"acceptable": "good", "marginal": "warn", "unacceptable": "bad"}


def rank(grade: Grade | None) -> int:
    """Badness of a grade; -1 without one.

    Examples
    --------
    >>> rank("marginal")
    1
    """
    return -1 if grade is None else _GRADES.index(grade)


def agreement_verdict(about: Characteristic, found: Agreement, who: Factor) -> Verdict:
    """Name the worst appraiser with the number; without a standard, tell how far all agree."""
    subject = Subject(site=about.site, characteristic=about.code)
    worst = max(found.appraisers, key=_badness)
    if worst.grade is None or worst.effectiveness is None:
        within = found.all.within
        share = Number(value=None if within is None else within.value, decimals=1, percent=True)
        said = "{name}: all judgements agree on {share} of the parts; no standard to judge by"
        return Verdict.of("info", Phrase.of(said, name=about.title, share=share), subject=subject)
    right = worst.effectiveness
    clauses = [
        Phrase.of(
            "{name}: the worst appraiser, {who}, is {grade}, always right on {right} of the parts"
            " ({lower} to {upper}; {good} wanted)",
            name=about.title,
            who=who.levels[worst.code],
            grade=worst.grade,
            right=_percent(right.value),
            lower=_percent(right.lower),
            upper=_percent(right.upper),
            good=Number(value=EFFECTIVE[0], percent=True),
        )
    ]
    if worst.miss is not None and worst.miss.value > MISSES[0]:
        said = "misses {share} of the bad (at most {most} wanted)"
        clauses.append(_beyond(said, worst.miss.value, MISSES[0]))
    if worst.false_alarm is not None and worst.false_alarm.value > ALARMS[0]:
        said = "calls {share} of the good bad (at most {most} wanted)"
        clauses.append(_beyond(said, worst.false_alarm.value, ALARMS[0]))
    return Verdict.of(_LEVELS[worst.grade], *clauses, subject=subject)


def _beyond(said: str, share: float, most: float) -> Phrase:
    return Phrase.of(said, share=_percent(share), most=Number(value=most, percent=True))


def _badness(appraiser: Appraiser) -> tuple[int, float]:
    right = appraiser.effectiveness
    return rank(appraiser.grade), 0.0 if right is None else -right.value


def _percent(share: float) -> Number:
    return Number(value=share, decimals=1, percent=True)
