"""Windows of measurement time: absolute, or relative to the instant a run is fired."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from ops.timing.instant import Instant

_UNIT = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"(\d{1,6})\s*(min|h|d|w)")


_LONGEST = timedelta(days=36_525)  # a century: no measurement is older, and no clock ends before


def _in_words(value: object) -> object:
    """Say how a duration is written, rather than show a pattern."""
    if isinstance(value, str):
        duration(value)
        return value.strip()
    return value


Duration = Annotated[str, BeforeValidator(_in_words), Field(pattern=r"^\d{1,6}\s*(min|h|d|w)$")]


class _WindowModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Between(_WindowModel):
    """An absolute, half-open window."""

    start: Instant = Field(description="First instant, with offset, e.g. 2026-03-01T00:00Z.")
    end: Instant = Field(description="First instant after the window, with offset.")

    @model_validator(mode="after")
    def _ordered(self) -> "Between":
        if not self.start < self.end:
            raise ValueError(f"start {self.start.isoformat()} is not before {self.end.isoformat()}")
        return self


class LastDuration(_WindowModel):
    """The time just before the fire time."""

    last: Duration = Field(description='Duration: "30min", "24h", "7d" or "4w".')


class ShiftWindow(_WindowModel):
    """A shift of the site's calendar."""

    shift: Literal["last", "current"] = Field(
        description="The last complete shift, or the one that is running (up to the fire time)."
    )


class SinceSuccess(_WindowModel):
    """From the end of the last succeeded run of the same schedule to the fire time."""

    since: Literal["last-success"] = Field(description="Since the last succeeded run.")
    at_most: Duration = Field(
        default="31d",
        description="Longest window; also used when no run has succeeded yet.",
    )


def _kind(value: object) -> str:
    names = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return next((k for k in ("last", "shift", "since") if k in names), "between")


Window = Annotated[
    Annotated[Between, Tag("between")]
    | Annotated[LastDuration, Tag("last")]
    | Annotated[ShiftWindow, Tag("shift")]
    | Annotated[SinceSuccess, Tag("since")],
    Discriminator(_kind),
]


@dataclass(frozen=True, slots=True)
class Span:
    """A resolved window: aware instants, half-open."""

    start: datetime
    end: datetime


def duration(text: str) -> timedelta:
    """Parse a duration such as ``24h``.

    Raises
    ------
    ValueError
        If it is not written so, is 0, or is longer than a century.

    Examples
    --------
    >>> duration("7d").days
    7
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r}: write a number and min, h, d or w: 30min, 24h, 7d, 4w")
    found = timedelta(**{_UNIT[match[2]]: int(match[1])})
    if not timedelta(0) < found <= _LONGEST:
        raise ValueError(f"{text!r}: give more than 0 and at most a century, 36525d")
    return found
