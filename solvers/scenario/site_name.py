"""Sites and lanes as people name them: ``DC 3`` for DC-3, ``A-B`` for the lane from A to B."""

import difflib
import re

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.document import Scenario

_BETWEEN = re.compile(r"\s*(?:->|→|>|-)\s*|\s+to\s+")
_MOST_NEAR = 3


def site_code(name: str, scenario: Scenario, kind: str = "site") -> str:
    """Code of the site that a name means.

    The code itself; else a title; else a code or title that is the same without case, blanks and
    punctuation, also with the kind before it (``3`` of kind ``dc`` is ``DC-3``).

    Raises
    ------
    ScenarioError
        If no site is named so, or several are.
    """
    found = _meant(name, scenario, kind)
    if len(found) == 1:
        return found[0]
    codes = [s.code for s in scenario.sites]
    near = found or difflib.get_close_matches(name, codes, _MOST_NEAR) or codes[:_MOST_NEAR]
    many = f"{len(found)} sites answer to" if found else "no site is"
    detail = f"{many} {name!r}: write the code, such as {' or '.join(near) or 'of the document'}"
    raise ScenarioError(detail, (Flaw("", detail),))


def lane_ends(name: str, scenario: Scenario) -> tuple[str, str, str]:
    """Origin, destination and mode ("" if not said) of ``A-B``, ``A>B`` or ``A>B/mode``.

    Raises
    ------
    ScenarioError
        If it cannot be read, or can be in two ways.
    """
    route, _, mode = name.partition("/")
    found = {
        (a, b)
        for cut in _BETWEEN.finditer(route)
        for a in _meant(route[: cut.start()], scenario, "site")
        for b in _meant(route[cut.end() :], scenario, "site")
    }
    lanes = {(x.origin, x.destination) for x in scenario.lanes}
    found = found & lanes or found
    if len(found) == 1:
        origin, destination = found.pop()
        return origin, destination, mode
    ways = " or ".join(f"{a}>{b}" for a, b in sorted(found))
    mend = f"is it {ways}" if found else "write origin>destination with the codes of two sites"
    detail = f"{name!r} names {len(found) or 'no'} lanes: {mend}"
    raise ScenarioError(detail, (Flaw("", detail),))


def _meant(name: str, scenario: Scenario, kind: str) -> list[str]:
    if any(s.code == name for s in scenario.sites):
        return [name]
    titled = [s.code for s in scenario.sites if s.title and s.title == name]
    if titled:
        return titled
    wanted = {_plain(name), _plain(f"{kind}{name}")} - {""}
    return [s.code for s in scenario.sites if {_plain(s.code), _plain(s.title)} & wanted]


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
