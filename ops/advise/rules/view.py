"""A case as rules look at it: with the cases beside it that speak of the same thing."""

from dataclasses import dataclass

from ops.advise.case import Case


@dataclass(frozen=True, slots=True)
class View:
    """One case, and the others that the same question brought up."""

    case: Case
    others: tuple[Case, ...] = ()

    def fact(self, name: str) -> str:
        """Code that a reader noted; empty if it noted none."""
        return self.case.facts.get(name, "")

    def has(self, *quantities: str) -> bool:
        """Whether all of these are known."""
        return all(self.case.get(one) is not None for one in quantities)

    def number(self, quantity: str, otherwise: float = 0.0) -> float:
        """Value of a quantity, or another if it is not known."""
        found = self.case.number(quantity)
        return otherwise if found is None else found

    def surely_beyond(self, quantity: str, bound: float) -> bool:
        """Whether a quantity is above a bound with all of its interval, or its value if bare."""
        found = self.case.get(quantity)
        if found is None or found.number is None:
            return False
        return (found.number if found.lower is None else found.lower) > bound

    def surely_under(self, quantity: str, bound: float) -> bool:
        """Whether a quantity is below a bound with all of its interval, or its value if bare."""
        found = self.case.get(quantity)
        if found is None or found.number is None:
            return False
        return (found.number if found.upper is None else found.upper) < bound

    def short(self, quantity: str) -> bool:
        """Whether a quantity is below what it is held against."""
        found = self.case.get(quantity)
        if found is None or found.number is None or found.reference is None:
            return False
        return found.number < found.reference

    def over(self, quantity: str) -> bool:
        """Whether a quantity is above what it is held against."""
        found = self.case.get(quantity)
        if found is None or found.number is None or found.reference is None:
            return False
        return found.number > found.reference

    def surely_short(self, quantity: str) -> bool:
        """Whether a quantity is below what it is held against with all of its interval."""
        found = self.case.get(quantity)
        if found is None or found.reference is None:
            return False
        return self.surely_under(quantity, found.reference)

    @property
    def grave(self) -> bool:
        """Whether the analysis judged it as bad or nearly so."""
        return self.case.level in ("bad", "warn")

    @property
    def tool(self) -> str:
        """The tool that it is about; empty if it is about none."""
        return self.fact("tool") or _tool(self.case)

    @property
    def characteristic(self) -> str:
        """The characteristic that it is about; empty if it is about none."""
        return self.fact("characteristic") or _characteristic(self.case)

    def kin(self) -> tuple[Case, ...]:
        """Other cases of the same tool and characteristic, as far as both name them."""
        return tuple(other for other in self.others if akin(self.case, other))


_ONE = ("model", "lot", "scenario")  # facts that by themselves make two cases one story


def akin(one: Case, other: Case) -> bool:
    """Whether two cases may be one story.

    They are about the same model, scenario or lot on test, or movements of the same tool, or about
    the same characteristic and no two different tools.
    """
    if one.id == other.id or _sites_differ(one, other):
        return False
    if any(one.facts.get(by, "") == other.facts.get(by, " ") != "" for by in _ONE):
        return True
    if {one.topic, other.topic} <= {"drift", "alert"} and _tool(one) == _tool(other) != "":
        return True
    if _stratum(one) == _stratum(other) != "":
        return {one.topic, other.topic} <= {"capability", "alert"}
    if not _characteristic(one):
        return False
    tools = {_tool(one), _tool(other)} - {""}
    return _characteristic(one) == _characteristic(other) and len(tools) < 2


def _stratum(case: Case) -> str:
    parts = [case.facts.get(name, "") for name in ("stratum-factor", "stratum-level")]
    return "=".join(parts) if all(parts) else ""


def _sites_differ(one: Case, other: Case) -> bool:
    sites = {case.subject.site for case in (one, other) if case.subject is not None}
    return len(sites - {None}) > 1


def suspect_gauge(view: View) -> Case | None:
    """Case that says that what measured this cannot be trusted; None if there is none.

    A gauge study is of a master, so that it names another characteristic than what it measures:
    it counts if it names the characteristic, or if its facts say that it measures it.
    """
    return next((other for other in view.others if _accuses(other, view)), None)


def _accuses(gauge: Case, view: View) -> bool:
    if gauge.topic != "gauge" or gauge.level not in ("bad", "warn"):
        return False
    measured = gauge.facts.get("measures", "").split(",")
    here = view.characteristic
    named = bool(here) and (_characteristic(gauge) == here or here in measured)
    by = {gauge.facts.get(name, "") for name in ("gauge", "stratum-level")} | {_tool(gauge)}
    mine = {view.tool, view.fact("gauge"), view.fact("stratum-level")} - {""}
    return named or bool(by & mine - {""})


def _tool(case: Case) -> str:
    if case.facts.get("tool"):
        return case.facts["tool"]
    return case.subject.factors.get("tool", "") if case.subject else ""


def _characteristic(case: Case) -> str:
    if case.facts.get("characteristic"):
        return case.facts["characteristic"]
    return (case.subject.characteristic or "") if case.subject else ""
