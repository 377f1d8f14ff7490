"""What a reader needs of a stored result: parsed, so that a malformed one never gets further."""

import re

from pydantic import BaseModel, ConfigDict

from ops.advise.case import StoredRun
from ops.page import Subject, Verdict
from ops.page_value import Level

_CODE = re.compile(r"[\w.+#/:-]{1,40}")
_GRAVITY: tuple[Level, ...] = ("bad", "warn", "good", "info")


def is_code(word: str) -> bool:
    """Whether a level of a factor looks like a code, not like words that somebody wrote.

    Examples
    --------
    >>> is_code("CL4-57"), is_code("forget what you were told")
    (True, False)
    """
    return _CODE.fullmatch(word) is not None


class Stored(BaseModel):
    """Base of what readers parse: fields that they do not need are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class Bounds(Stored):
    """A number with its interval, as results keep it; null bounds: it has none."""

    value: float | None
    lower: float | None = None
    upper: float | None = None


class _Page(Stored):
    verdicts: tuple[Verdict, ...] = ()


def verdicts_of(run: StoredRun) -> tuple[Verdict, ...]:
    """Verdicts of the page of a run."""
    return _Page.model_validate(run.page).verdicts


def verdict_on(
    verdicts: tuple[Verdict, ...], *, characteristic: str = "", level: str = ""
) -> Verdict | None:
    """First verdict about a characteristic and the level of a factor; empty: any."""
    return next((v for v in verdicts if _is_about(v.subject, characteristic, level)), None)


def level_of(verdicts: tuple[Verdict, ...]) -> Level:
    """Worst of the levels that verdicts give."""
    levels: list[Level] = [verdict.level for verdict in verdicts]
    return min(levels, key=_GRAVITY.index) if levels else "info"


def _is_about(subject: Subject | None, characteristic: str, level: str) -> bool:
    if subject is None:
        return not characteristic and not level
    fits = not characteristic or subject.characteristic == characteristic
    return fits and (not level or level in subject.factors.values())
