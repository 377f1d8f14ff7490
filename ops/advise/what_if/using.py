"""Closing, opening, removing and losing sites and lanes, from words."""

from typing import Any

from ops.advise.what_if.clause import Clause
from ops.advise.what_if.lanes import lanes_meant, speaks_of_lanes
from ops.advise.what_if.scenario_names import near_names
from ops.advise.what_if.unclear import Unclear
from ops.advise.what_if.what_if_words import means
from solvers.scenario.document import Scenario

VERBS = ("close", "open", "remove", "fail")
_KIND_WORDS = {
    "supplier": ("supplier", "suppliers", "lieferanten", "供应商"),
    "plant": ("plants", "factories", "werke", "工厂"),
    "dc": ("dcs", "warehouses", "distribution centres", "distribution centers", "lager", "仓库"),
}
_NAMELIKE = 4  # letters: no articles
_STATUS = {"close": "closed", "open": "must-open", "fail": "closed"}
Found = list[dict[str, Any]]


def verb_of(clause: Clause) -> str | None:
    """Find what is done with sites or lanes; None if nothing is.

    Raises
    ------
    Unclear
        If it opens and closes at once.
    """
    found = [verb for verb in VERBS if clause.means(verb)]
    if len(found) > 1:
        raise Unclear(
            "it asks to {verbs} at once: say one after the other", verbs=" and to ".join(found)
        )
    return found[0] if found else None


def using(verb: str, clause: Clause, scenario: Scenario) -> Found:
    """Edits, as JSON, that do it.

    Raises
    ------
    Unclear
        If what is meant is not there, or can be several things.
    """
    if speaks_of_lanes(clause):
        where = lanes_meant(clause, scenario)
        if verb == "remove":
            raise Unclear("lanes are closed or opened, not removed")
        if clause.periods:
            _require_out(verb, clause)
            return [_none("lanes", where, "capacity", clause)]
        return [{"kind": "use-lanes", "open": verb == "open", "where": where}]
    where = _sites(clause, scenario)
    if verb == "remove":
        return [{"kind": "remove-sites", "where": where}]
    if clause.periods:
        _require_out(verb, clause)
        return [edit for code in where.get("codes", ()) for edit in _out(code, clause, scenario)]
    return [{"kind": "site-status", "status": _STATUS[verb], "where": where}]


def _require_out(verb: str, clause: Clause) -> None:
    if verb == "open":
        raise Unclear(
            "only an outage has periods: {clause} opens for good or not at all",
            clause=repr(clause.text),
        )


def _sites(clause: Clause, scenario: Scenario) -> dict[str, Any]:
    codes = [thing.code for thing in clause.of("site")]
    if codes:
        return {"codes": tuple(codes)}
    groups = clause.of("group")
    if len(groups) == 1:
        return {"group": groups[0].code}
    if clause.means("all"):
        kinds = [k for k, words in _KIND_WORDS.items() if any(w in clause.said for w in words)]
        if len(kinds) == 1:
            return {"site_kind": kinds[0]}
    raise _unknown(clause, scenario)


def _unknown(clause: Clause, scenario: Scenario) -> Unclear:
    """Say that no site is named, and the nearest names of words of a clause, if some are near."""
    near = [near_names(word, scenario) for word in clause.said.split() if len(word) >= _NAMELIKE]
    said = " or ".join(dict.fromkeys(name for name in near if name))
    if said:
        return Unclear("it names no site that is known; did you mean {near}?", near=said)
    codes = ", ".join(site.code for site in scenario.sites[:5])
    if codes:
        return Unclear("it names no site that is known; sites are {codes} ...", codes=codes)
    return Unclear("it names no site that is known")


def _out(code: str, clause: Clause, scenario: Scenario) -> Found:
    """Edits by which a site does nothing in some periods: no supply, no hours, no throughput."""
    site = next(site for site in scenario.sites if site.code == code)
    if any(supply.site == code for supply in scenario.supplies):
        return [_none("supplies", {"site": code}, "quantity", clause)]
    if any(group.site == code for group in scenario.tool_groups):
        return [_none("tools", {"site": code}, "hours", clause)]
    if site.kind == "customer":
        return [_none("demands", {"site": code}, "quantity", clause)]
    return [_none("sites", {"codes": (code,)}, "throughput", clause)]


def _none(kind: str, where: dict[str, Any], field: str, clause: Clause) -> dict[str, Any]:
    return {"kind": kind, "where": where, "field": field, "change": {"to": 0.0},
            "periods": clause.periods}  # fmt: skip


def is_refused(clause: Clause) -> bool:
    """Whether a clause says what is not to be done."""
    return means(clause.said, "not") and not means(clause.said, "unlimited")
