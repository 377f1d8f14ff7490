"""Which things a question seeks: all that drift, all that are capable, all beyond a bound."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from ops.advise.catalogue import Topic
from ops.advise.question import Asks, Named, Sought, SoughtKind, Stance, Wish
from ops.advise.understand import sought_words as words
from ops.advise.understand.vocabulary import alternatives, says
from ops.advise.understand.wording import parted

_T = TypeVar("_T", bound=str)
_ALONE: frozenset[Wish] = frozenset({"worst", "least", "most", "first", "compare", "order"})
_OF_ITSELF: frozenset[Asks] = frozenset({"status", "history"})
_AMOUNT = (
    r"\s*(?P<value>-?\d+(?:[.,]\d+)?)"
    r"\s*(?P<unit>%|[µμu]m(?:\s*(?:/|per\b|pro\b|a\b)\s*\w+)?|nm|mm|ppm|\w+)?"
)
_OF_TIME = re.compile(
    r"(?:day|week|hour|month|year|minute|tag|woche|stunde|monat|jahr)\w*|[天周次年]"
)
_OTHER_UNITS = frozenset({"sigma", "sigmas", "\u03c3", "times", "fold", "mal", "倍"})
_TURNED: Mapping[Stance, Stance] = {
    "drifts": "still", "capable": "incapable", "stable": "unstable", "good": "bad", "bad": "good",
}  # fmt: skip


def sought(
    rest: str,
    *,
    topics: Sequence[Topic],
    asks: Sequence[Asks],
    wishes: Sequence[Wish],
    named: Sequence[Named],
) -> Sought | None:
    """Tell which things are sought; None if no set of things is.

    Parameters
    ----------
    rest
        The tidied text, its names taken out, in small letters.
    named
        What it names: a set is of all things of a kind, or of those of it that are named.

    Examples
    --------
    >>> found = sought(
    ...     "which machines are not ok?", topics=(), asks=("status",), wishes=(), named=()
    ... )
    >>> found.kind, found.stance
    ('tool', 'bad')
    """
    counts = "count" in wishes
    if not (_OF_ITSELF | ({"action"} if counts else set())).issuperset(
        asks
    ) or not _ALONE.isdisjoint(wishes):
        return None
    apart = parted(rest)
    kind = _first(apart, rest, words.THINGS, words.THINGS_WITHIN)
    beyond = _bound(rest)
    if beyond is not None:
        return Sought(kind=kind, stance="bound", above=beyond[0], value=beyond[1], unit=beyond[2])
    others = {one.kind for one in named} - {"site", "analysis", "run"}
    if kind is None or others - {_AS_NAMED.get(kind, kind)}:
        return None
    which = says(apart, words.WHICH, spaced=True) or says(rest, words.WHICH_WITHIN, spaced=False)
    stance = _stance(apart, rest, kind, topics)
    if stance is None and kind in ("tool", "gauge") and topics == ("alert",):
        stance = "alerted"
    if stance is None and counts and kind == "tool" and not topics:
        stance = "known"
    if not which or stance is None:
        return None
    return Sought(kind=kind, stance=stance)


_AS_NAMED: Mapping[SoughtKind, str] = {"gauge": "tool"}


def _first(
    apart: str,
    whole: str,
    spaced: Mapping[_T, tuple[str, ...]],
    within: Mapping[_T, tuple[str, ...]],
) -> _T | None:
    """First of some meanings that a text says."""
    return next(
        (
            one
            for one in spaced
            if says(apart, spaced[one], spaced=True)
            or says(whole, within.get(one, ()), spaced=False)
        ),
        None,
    )


def _stance(apart: str, whole: str, kind: SoughtKind, topics: Sequence[Topic]) -> Stance | None:
    meant = _first(apart, whole, words.STANCES, words.STANCES_WITHIN)
    negated = says(apart, words.NOT, spaced=True) or says(whole, words.NOT_WITHIN, spaced=False)
    if meant in ("stable", "unstable") and kind != "characteristic":
        meant = "good" if meant == "stable" else "bad"
    if meant == "capable" and kind != "characteristic":
        meant = "good"
    if meant is None or (meant == "drifts" and kind not in ("tool", "gauge")):
        return None
    if meant == "good" and kind == "characteristic" and "drift" not in topics:
        meant = "capable"
    return _TURNED.get(meant, meant) if negated else meant


def _bound(rest: str) -> tuple[bool, float, str] | None:
    """Whether values above or below are sought, the bound and its unit."""
    for above, spaced, within in (
        (True, words.ABOVE, words.ABOVE_WITHIN),
        (False, words.BELOW, words.BELOW_WITHIN),
    ):
        said = f"(?:{alternatives(spaced, spaced=True)}|{alternatives(within, spaced=False)})"
        found = re.search(said + _AMOUNT, rest)
        if found is not None and not _OF_TIME.fullmatch(found["unit"] or ""):
            value = float(found["value"].replace(",", "."))
            other = (found["unit"] or "") in _OTHER_UNITS
            return None if other else (above, value, _unit(found["unit"] or ""))
    return None


def _unit(said: str) -> str:
    """Write a unit as evidence has it; a word that is none is none."""
    unit = re.sub(r"\s*\b(?:per|pro|a)\b\s*", "/", said)
    unit = re.sub(r"\s+", "", unit).replace("μ", "µ")
    unit = re.sub(r"^um\b", "µm", unit)
    unit = re.sub(r"/(?:day|tag)s?$", "/d", unit)
    return unit if re.fullmatch(r"%|ppm|nm|mm|µm(?:/\w+)?", unit) else ""
