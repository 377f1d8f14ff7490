"""Edits as short texts.

Words in capitals are names of the scenario; a name that holds a word of the grammar is quoted.
Minus is ``-`` or the sign U+2212.

::

    text    = use | tariff | subject [field] change [in [period] CODE {, CODE}]
            | field of subject change
    use     = (close | open | remove) (site | lane | lanes ...)
    tariff  = tariff (+|-) N % from CC to CC [of class CLASS]
    subject = lane A-B [by MODE]
            | lanes {from A | to B | by MODE | with tag T | of COMMODITY}
            | site | demand WHERE | supply WHERE | inventory WHERE
            | (production | tools | yield) {of COMMODITY | at A | on TOOLS | with tag T}
            | mode MODE | carbon price | carbon cap | budget | service level | ...
    site    = [site | KIND] CODE | (sites | KINDs) {of group G | with tag T | in CC}
    WHERE   = {of customer A | of customer group G | of site A | of group G
            | of commodity C | of commodity group G | with tag T}
    change  = +N % | -N % | x N | to AMOUNT | to no limit | +AMOUNT | -AMOUNT
"""

import re
from typing import get_args

from pydantic import ValidationError

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.alteration import Alteration
from solvers.scenario.document import Scenario
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.edit_rule import AlterDuty, AlterPolicy, PolicyField
from solvers.scenario.edit_subject import altering, using

_N = r"[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_TARIFF = re.compile(
    rf"tariff\s+([+-])\s*({_N})\s*%\s+from\s+([a-z]{{2}})\s+to\s+([a-z]{{2}})"
    r"(?:\s+of class\s+(.+))?",
    re.IGNORECASE,
)
_PERIODS = re.compile(r"(.+)\s+in\s+(?:periods?\s+)?([^%]+)", re.IGNORECASE)
_USE = re.compile(r"(close|open|remove)\s+(.+)", re.IGNORECASE)
_CHANGES = (
    re.compile(rf"(?P<head>.+?)\s+(?P<sign>[+-])\s*(?P<percent>{_N})\s*%"),
    re.compile(rf"(?P<head>.+?)\s+(?:[x\u00d7*]|times\s)\s*(?P<times>{_N})", re.IGNORECASE),
    re.compile(rf"(?P<head>.+?)\s+(?:to|=)\s*(?P<share>{_N})\s*%", re.IGNORECASE),
    re.compile(rf"(?P<head>.+?)\s+(?:to|=)\s*(?P<to>-?{_N}(?:\s*\S.*)?)", re.IGNORECASE),
    re.compile(r"(?P<head>.+?)\s+(?:to\s+)?(?P<lift>no limit|unlimited)", re.IGNORECASE),
    re.compile(rf"(?P<head>.+?)\s+(?P<sign>[+-])\s*(?P<add>{_N}(?:\s*\S.*)?)"),
)


def read_edit(text: str, scenario: Scenario) -> Edit:
    """Edit that a text means in a scenario.

    Raises
    ------
    ScenarioError
        If the text is not of the grammar, or names what is not there.

    Examples
    --------
    >>> read_edit("carbon price to 80", Scenario()).sentence()
    'carbon price to 80.0'
    """
    plain = " ".join(text.replace("\N{MINUS SIGN}", "-").split())
    try:
        return _tariff(plain) or _use(plain, scenario) or _alter(plain, scenario)
    except ValidationError as error:
        said = error.errors()[0]["msg"].removeprefix("Value error, ")
        if error.errors()[0]["loc"] == ("factor",):
            said = "it takes away more than there is; -100 % leaves nothing"
        detail = f"{text!r} is not an edit: {said}"
        raise ScenarioError(detail, (Flaw("", detail),)) from error


def _tariff(text: str) -> AlterDuty | None:
    found = _TARIFF.fullmatch(text)
    if found is None:
        return None
    sign, number, origin, destination, duty_class = found.groups()
    share = float(f"{sign}{number}") / 100
    return AlterDuty(
        origin=origin.upper(),
        destination=destination.upper(),
        add=share,
        duty_class=duty_class,
    )


def _use(text: str, scenario: Scenario) -> Edit | None:
    found = _USE.fullmatch(text)
    return None if found is None else using(found[1].lower(), found[2], scenario)


def _alter(text: str, scenario: Scenario) -> Edit:
    head, periods = _cut_periods(text, scenario)
    found = next((m for c in _CHANGES if (m := c.fullmatch(head))), None)
    if found is None:
        detail = (
            f"{text!r} is not an edit: say what and how, as in 'lane A-B capacity -50 %',"
            " 'close DC 3', 'demand of customer group EU +20 %', 'tariff +25 % from CN to US'"
        )
        raise ScenarioError(detail, (Flaw("", detail),))
    change, head = _change(found.groupdict()), found["head"]
    rule = head.lower().replace(" ", "_")
    if rule in get_args(PolicyField):
        return AlterPolicy.model_validate({"field": rule, "change": change, "periods": periods})
    return altering(head, change, periods, scenario)


def _cut_periods(text: str, scenario: Scenario) -> tuple[str, tuple[str, ...]]:
    found = _PERIODS.fullmatch(text)
    if found is None:
        return text, ()
    codes = {p.code.lower(): p.code for p in scenario.periods}
    asked = [name.strip().lower() for name in found[2].split(",")]
    if not all(name in codes for name in asked):
        return text, ()  # "in" is then part of a name, or of "sites in DE"
    return found[1], tuple(codes[name] for name in asked)


def _change(found: dict[str, str | None]) -> Alteration:
    sign, amount = found.get("sign") or "", found.get("add") or found.get("to")
    percent, times, share = (found.get(name) for name in ("percent", "times", "share"))
    if percent is not None:
        return Alteration(factor=float(f"{1 + float(sign + percent) / 100:.12g}"))
    if times is not None:
        return Alteration(factor=float(times))
    if share is not None:
        return Alteration(to=float(share) / 100)
    if amount is None:
        return Alteration(lift=True)
    bare = re.fullmatch(rf"-?{_N}", amount)
    value = float(sign + amount) if bare else f"{sign}{amount}"
    return Alteration(add=value) if found.get("add") else Alteration(to=value)
