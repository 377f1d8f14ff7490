"""How an amount is altered, from words: "loses 30 %", "+20 %", "up to 120", "doubles"."""

import re

from ops.advise.what_if.unclear import Unclear
from ops.advise.what_if.what_if_words import means
from ops.page_value import Number
from solvers.scenario.alteration import Alteration

_NUMBER = r"(?:\d{1,3}(?:[ ']\d{3})+|\d+)(?:[.,]\d+)?"
_PERCENT = re.compile(rf"(?P<sign>[+-])?\s*(?P<n>{_NUMBER})\s*(?:%|percent|per cent|prozent)")
_CHINESE_PERCENT = re.compile(rf"百分之\s*(?P<n>{_NUMBER})")
_TIMES = re.compile(rf"(?:(?<=\s)[x*\u00d7]\s*|times\s+)(?P<n>{_NUMBER})(?![\d%])")
_UNIT = (
    r"(?P<unit>\s*(?:days?|tagen?|tage|weeks?|wochen?|hours?|stunden?|kg|t|tonnes?|tons?|tonnen|km"
    r"|usd|eur|euros?|dollars?|\$|\u20ac|天|周|小时|吨|公里|元)(?![^\W\d_])"
    r"(?:\s*/\s*[a-z]{1,8})?)?"
)
_TO = re.compile(
    rf"(?:(?<![^\W_])(?:to|auf|at|=)\s*|到|至|为)\s*(?P<n>-?{_NUMBER}){_UNIT}(?!\s*[-\d%\u2030])"
)
_TO_PERCENT = re.compile(
    rf"(?:(?<![^\W_])(?:to|auf|=)\s*|到|至|为)\s*(?P<n>{_NUMBER})\s*(?:%|percent|prozent)"
)
_SIGNED = re.compile(rf"(?<![^\W])(?P<sign>[+-])\s*(?P<n>{_NUMBER}){_UNIT}(?!\s*[%\d-])")
_PLAIN = re.compile(rf"(?<![\w.,-])(?P<n>{_NUMBER}){_UNIT}(?![\w%])(?!\s*%)")
_GROUPED = re.compile(r"\d{1,3}[.,]\d{3}")
_UNITS = {
    "day": ("day", "days", "tag", "tage", "tagen", "天"),
    "week": ("week", "weeks", "woche", "wochen", "周"),
    "h": ("hour", "hours", "stunde", "stunden", "小时"),
    "t": ("t", "tonne", "tonnes", "ton", "tons", "tonnen", "吨"),
    "kg": ("kg",),
    "km": ("km", "公里"),
    "USD": ("usd", "$", "dollar", "dollars"),
    "EUR": ("eur", "\u20ac", "euro", "euros"),
}


def change_of(folded: str) -> Alteration:
    """Alteration that a folded clause, its names and periods taken out, asks for.

    Raises
    ------
    Unclear
        If it holds no number or several, no direction, or a number of two readings.

    Examples
    --------
    >>> change_of("demand falls by 20 %").factor, change_of("carbon price to 120").to
    (0.8, 120.0)
    """
    if means(folded, "unlimited"):
        return Alteration(lift=True)
    for meaning, factor in (("double", 2.0), ("treble", 3.0), ("halve", 0.5)):
        if means(folded, meaning):
            return Alteration(factor=factor)
    if re.search(_NUMBER, folded) is None:
        raise Unclear("it has no number: say by how much, as in '+10 %' or 'to 120'")
    found = _share(folded) or _set(folded) or _added(folded)
    if found is None:
        raise Unclear("whether it goes up or down, or to what, is not said: write '+10 %'")
    return found


def changes(folded: str) -> bool:
    """Whether a folded text says how something is altered."""
    try:
        change_of(folded)
    except Unclear:
        return False
    return True


def _share(folded: str) -> Alteration | None:
    to = _TO_PERCENT.search(folded)
    hits = [*_PERCENT.finditer(folded), *_CHINESE_PERCENT.finditer(folded)]
    if len(hits) > 1:
        raise Unclear("it has two percentages: ask for one change at a time")
    if to is not None:
        return Alteration(to=float(f"{number(to['n']) / 100:.12g}"))
    if not hits:
        times = _TIMES.search(folded)
        return None if times is None else Alteration(factor=number(times["n"]))
    sign = hits[0].groupdict().get("sign")
    percent = number(hits[0]["n"])
    up = _goes_up(folded, sign)
    factor = 1 + (percent if up else -percent) / 100
    if factor < 0:
        raise Unclear(
            "nothing can lose more than 100 %, as {share} % is", share=Number(value=percent)
        )
    return Alteration(factor=float(f"{factor:.12g}"))


def _set(folded: str) -> Alteration | None:
    hits = list(_TO.finditer(folded))
    if len(hits) > 1:
        raise Unclear("it sets two numbers: ask for one change at a time")
    return Alteration(to=_amount(hits[0]["n"], hits[0]["unit"])) if hits else None


def _added(folded: str) -> Alteration | None:
    signed = _SIGNED.search(folded)
    hits = [signed] if signed is not None else list(_PLAIN.finditer(folded))
    if len(hits) != 1:
        if not hits:
            raise Unclear("it has no clear numbers: ask for one change at a time")
        raise Unclear(
            "it has {count} numbers: ask for one change at a time", count=Number(value=len(hits))
        )
    sign = signed["sign"] if signed is not None else None
    up = _goes_up(folded, sign)
    return Alteration(add=_amount(f"{'' if up else '-'}{hits[0]['n']}", hits[0]["unit"]))


def _goes_up(folded: str, sign: str | None) -> bool:
    if sign is not None:
        return sign == "+"
    up, down = means(folded, "up"), means(folded, "down")
    if up == down:
        raise Unclear("whether it goes up or down is not said: write '+10 %' or '-10 %'")
    return up


def _amount(text: str, unit: str | None) -> float | str:
    value = number(text)
    named, _, per = (unit or "").strip().partition("/")
    if not named.strip():
        return value
    known = next((name for name, said in _UNITS.items() if named.strip() in said), named.strip())
    return f"{value:.12g} {known}{'/' + per.strip() if per.strip() else ''}"


def number(text: str) -> float:
    """Read the number of a text; a comma is a decimal point.

    Raises
    ------
    Unclear
        If it may be grouped: ``1,000`` and ``1.000`` are a thousand to some, and one to others.
    """
    if _GROUPED.fullmatch(text.lstrip("-")):
        plain = re.sub("[.,]", "", text)
        raise Unclear(
            "{text} can be read in two ways: write {plain}, or fewer decimals",
            text=text, plain=plain,
        )  # fmt: skip
    return float(re.sub("[ ']", "", text).replace(",", "."))
