"""How long ago something is at least: "older than a week", "open for more than 3 days"."""

import re
from functools import cache

from ops.advise.understand.back import days_back
from ops.advise.understand.languages import LANGUAGES
from ops.advise.understand.vocabulary import alternatives
from ops.advise.understand.wording import parted

_THAN = (
    r"(?:older than|longer than|more than|over|älter als|länger als|mehr als|seit über"
    r"|before the last|超过|早于|大于)"
)
_YESTERDAY = re.compile(r"(?<!since )\byesterday\b|(?<!seit )\bgestern\b|昨天")
_DAY_US = 86_400_000_000
_ONE = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "eine": 1.0, "einem": 1.0,
    "einen": 1.0, "einer": 1.0, "zwei": 2.0, "drei": 3.0, "一": 1.0, "两": 2.0, "三": 3.0,
}  # fmt: skip


def days_ago(tidied: str) -> float | None:
    """Days that something is ago at least; None if the text does not say.

    Examples
    --------
    >>> days_ago("alerts older than 2 weeks"), days_ago("alerts of the last week")
    (14.0, None)
    """
    whole = tidied.casefold()
    for unit, pattern in _patterns():
        found = pattern.search(parted(whole)) or pattern.search(whole)
        if found is not None:
            number = found["number"]
            return unit * (_ONE[number] if number in _ONE else float(number))
    return None


@cache
def _patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    numbers = "|".join(_ONE)
    return tuple(
        (
            days,
            re.compile(
                rf"{_THAN}\s*(?P<number>\d{{1,4}}|{numbers})\s*个?{alternatives(terms, x.spaced)}"
            ),
        )
        for x in LANGUAGES
        for days, terms in x.units.items()
    )


def window_of(tidied: str, *, now_us: int | None = None) -> tuple[float | None, float | None]:
    """Days back at which the stretch of time begins and ends that a text asks about.

    Yesterday is the day before this one, in UTC; what is older than a week has no begin.

    Examples
    --------
    >>> window_of("alerts of yesterday", now_us=20_000 * 86_400_000_000)
    (1.0, 0.0)
    """
    older = days_ago(tidied)
    if older is not None:
        return None, older
    days = days_back(tidied, now_us=now_us)
    if now_us is None or days != 1.0 or not _YESTERDAY.search(tidied.casefold()):
        return days, None
    today = now_us % _DAY_US / _DAY_US
    return today + 1.0, today
