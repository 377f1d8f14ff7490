"""Which lanes a clause means."""

import re
from typing import Any

from ops.advise.what_if.clause import Clause
from ops.advise.what_if.unclear import Unclear
from ops.page_value import Number
from solvers.errors import ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.edit_lane import LaneWhere

_MANY = re.compile(r"(?<![^\W_])(?:lanes|routes|connections|links|strecken|verbindungen)(?![^\W_])")
_MOST_NAMED = 4


def speaks_of_lanes(clause: Clause) -> bool:
    """Whether it is about lanes: it says so, or it names where from and where to."""
    both = clause.after("from") is not None and clause.after("into") is not None
    return clause.means("lane") or clause.pair() is not None or both


def lanes_meant(clause: Clause, scenario: Scenario, *, all_if_bare: bool = False) -> dict[str, Any]:
    """Which lanes, as the fields of `LaneWhere`.

    Parameters
    ----------
    all_if_bare
        Whether every lane is meant if none is named.

    Raises
    ------
    Unclear
        If there is no such lane, or several are and only one is spoken of.
    """
    where = _ends(clause)
    modes, goods = clause.of("mode"), clause.of("commodity")
    if len(modes) > 1 or len(goods) > 1:
        raise Unclear("it names several modes or commodities of lanes: ask for one after the other")
    where |= {"mode": modes[0].code} if modes else {}
    where |= {"commodity": goods[0].code} if goods else {}
    if not where and not (all_if_bare or clause.means("all")):
        raise Unclear("it does not say which lanes: write 'lane A>B', or 'all lanes'")
    try:
        hit = sorted(LaneWhere.model_validate(where).of(scenario))
    except ScenarioError as error:
        raise Unclear("{reason}", reason=f"{error}{_leaving(where, scenario)}") from error
    many = all_if_bare or clause.means("all") or _MANY.search(clause.said) is not None
    if len(hit) > 1 and not many:
        codes = [scenario.lanes[i].code for i in hit[:_MOST_NAMED]]
        more = " ..." if len(hit) > _MOST_NAMED else ""
        raise Unclear(
            "{count} lanes match, {codes}: name one, or say 'lanes'",
            count=Number(value=len(hit)), codes=", ".join(codes) + more,
        )  # fmt: skip
    return where


def _ends(clause: Clause) -> dict[str, Any]:
    sites = [thing.code for thing in clause.of("site")]
    pair = clause.pair()
    if pair is not None and len(sites) == len(set(pair)):
        return {"origin": pair[0], "destination": pair[1]}
    origin, destination = clause.after("from"), clause.after("into")
    ends = {"origin": origin, "destination": destination}
    named = {end: code for end, code in ends.items() if code is not None}
    if set(sites) != set(named.values()):
        raise Unclear("which site the lanes leave and which they reach is not said: write 'A>B'")
    return named


def _leaving(where: dict[str, Any], scenario: Scenario) -> str:
    near = [x.code for x in scenario.lanes if x.origin == where.get("origin")]
    near = near or [x.code for x in scenario.lanes if x.destination == where.get("destination")]
    return f"; there are {', '.join(near[:_MOST_NAMED])}" if near else ""
