"""Times by a strptime format, turned into a regular expression that reads all rows at once."""

import re
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from ops.ingest.arrow import pc
from ops.ingest.number import mask_of
from ops.values import BoolArray, IntArray

_ISO = (
    r"^(?P<Y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"
    r"(?:[T ](?P<H>[0-9]{2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:[.,](?P<f>[0-9]{1,9}))?)?)?"
    r"\s?(?P<z>Z|z|[+-][0-9]{2}(?::?[0-9]{2})?)?$"
)
_PATTERNS = {
    "Y": "(?P<Y>[0-9]{4})",
    "y": "(?P<y>[0-9]{2})",
    "m": "(?P<m>[0-9]{1,2})",
    "d": "(?P<d>[0-9]{1,2})",
    "H": "(?P<H>[0-9]{1,2})",
    "I": "(?P<I>[0-9]{1,2})",
    "p": "(?P<p>[AaPp])[Mm]",
    "M": "(?P<M>[0-9]{1,2})",
    "S": "(?P<S>[0-9]{1,2})",
    "f": "(?P<f>[0-9]{1,9})",
    "z": "(?P<z>Z|z|[+-][0-9]{2}(?::?[0-9]{2})?)",
    "b": "(?P<b>[A-Za-z]{3})",
    "T": "(?P<H>[0-9]{2}):(?P<M>[0-9]{2}):(?P<S>[0-9]{2})",
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905  (to be read)
_MINUTE = 60_000_000
_DAY = 1440 * _MINUTE


@cache
def pattern_of(written: str) -> str:
    """Regular expression of a format; the names of its groups are the directives."""
    if written == "iso":
        return _ISO
    parts = re.split(r"(%.)", written)
    return "^" + "".join(_PATTERNS[p[1]] if p[:1] == "%" else re.escape(p) for p in parts) + "$"


def read_by_pattern(column: Any, pattern: str) -> tuple[IntArray, BoolArray, BoolArray]:
    """Read texts by a pattern.

    Returns
    -------
    tuple of arrays of shape (m,)
        Microseconds since 1970; whether they are of a wall clock, without an offset; whether the
        text fits and is a date that exists.
    """
    found = pc.extract_regex(column, pattern)
    well = mask_of(found.is_valid())
    names = {f.name for f in found.type}
    part = {name: pc.fill_null(pc.struct_field(found, name), "") for name in names}

    def number(name: str, absent: int) -> IntArray:
        if name not in part:
            return np.full(len(column), absent, np.int64)
        digits = pc.if_else(pc.equal(part[name], ""), str(absent), part[name])
        values: IntArray = pc.cast(digits, pa.int64()).to_numpy(zero_copy_only=False)
        return values

    days, day_well = _days(part, number)
    hour, hour_well = _hours(part, number)
    minute, second = number("M", 0), number("S", 0)
    well &= day_well & hour_well & (minute < 60) & (second < 60)
    micros = days * _DAY + (hour * 60 + minute) * _MINUTE + second * 1_000_000
    if "f" in part:
        digits = pc.utf8_slice_codeunits(pc.utf8_rpad(part["f"], 6, "0"), 0, 6)
        micros += pc.cast(digits, pa.int64()).to_numpy(zero_copy_only=False)
    offset, local = _offset(part.get("z"), len(column))
    return micros - offset, local, well


def _days(part: dict[str, Any], number: Any) -> tuple[IntArray, BoolArray]:
    year = number("Y", 1970)
    if "y" in part:  # POSIX: 69-99 are 1969-1999
        short = number("y", 0)
        year = short + np.where(short < 69, 2000, 1900)
    if "b" in part:
        month = np.array(pc.index_in(pc.utf8_lower(part["b"]), pa.array(_MONTHS)).fill_null(-1)) + 1
    else:
        month = number("m", 1)
    months = (year - 1970) * 12 + month - 1
    start, after = (
        m.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        for m in (months, months + 1)
    )
    day = number("d", 1)
    well = (month >= 1) & (month <= 12) & (day >= 1) & (day <= after - start)
    return start + day - 1, well


def _hours(part: dict[str, Any], number: Any) -> tuple[IntArray, BoolArray]:
    if "I" not in part:
        hour = number("H", 0)
        return hour, hour < 24
    hour = number("I", 12)
    after_noon = mask_of(pc.equal(pc.utf8_lower(part["p"]), "p")) if "p" in part else False
    return hour % 12 + 12 * np.asarray(after_noon, np.int64), (hour >= 1) & (hour <= 12)


def _offset(text: Any, m: int) -> tuple[IntArray, BoolArray]:
    """Offsets in microseconds, and which rows have none."""
    if text is None:
        return np.zeros(m, np.int64), np.ones(m, bool)
    digits = pc.replace_substring_regex(text, r"[^0-9]", "")
    padded = pc.cast(pc.utf8_rpad(digits, 4, "0"), pa.int64()).to_numpy(zero_copy_only=False)
    minutes = padded // 100 * 60 + padded % 100
    sign = np.where(mask_of(pc.starts_with(text, "-")), -1, 1)
    return sign * minutes * _MINUTE, mask_of(pc.equal(text, ""))
