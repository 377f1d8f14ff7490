"""The cases of a stress test: words written out, chances found, edits tried beforehand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pydantic import ValidationError

from ops.analyses.network_stress_params import NetworkStressParams
from ops.errors import BadData, Problem
from solvers.errors import ScenarioError
from solvers.risk.case import Disruption, generated
from solvers.risk.failure import FittedLife, Life
from solvers.scenario.document import Scenario
from solvers.scenario.edit import edited
from solvers.scenario.edit_kinds import Edit

MOST_CASES = 5000
ASSUMED = "assumed"  # source of a chance that nobody entered


@dataclass(frozen=True, slots=True)
class Likely:
    """A disruption, its chance a year, and where that comes from."""

    case: Disruption
    chance: float
    source: str


def runs_of(params: NetworkStressParams) -> tuple[str, ...]:
    """Name the runs whose results are wanted: the plan, and fitted lives."""
    lives = [
        case.failure.run
        for case in params.cases
        if isinstance(case, Disruption) and isinstance(case.failure, FittedLife)
    ]
    plan = [] if params.plan_run is None else [params.plan_run]
    return tuple(dict.fromkeys([*plan, *lives]))


def likely_cases(
    params: NetworkStressParams,
    scenario: Scenario,
    working: Collection[str],
    results: Mapping[str, Any],
) -> tuple[Likely, ...]:
    """Cases of the parameters, in order.

    Parameters
    ----------
    working
        Codes of the sites that the plan uses.
    results
        Run id to result.

    Raises
    ------
    BadData
        If a case names what is not there, an edit is wrong, two cases have one code, a life cannot
        be read, or there are too many.
    """
    found: list[Likely] = []
    for place, case in enumerate(params.cases):
        if isinstance(case, Disruption):
            _tried(case, scenario, place)
            found.append(_likely(case, params, results, place))
        else:
            made = generated(case, scenario, working, params.sizes)
            found += [_likely(one, params, results, place) for one in made]
    codes = [one.case.code for one in found]
    twice = next((c for c in codes if codes.count(c) > 1 or c == "undisturbed"), None)
    if twice is not None:
        raise _bad("/cases", f"{twice!r} is the code of more than one case: name each once")
    if len(found) > MOST_CASES:
        raise _bad("/cases", f"{len(found)} cases are too many: {MOST_CASES} at most")
    stray = sorted(set(params.probabilities) - set(codes))
    if stray:
        raise _bad("/probabilities", f"there is no case {stray[0]!r}; codes are {codes[:5]} ...")
    return tuple(found)


def after(scenario: Scenario, edits: Sequence[Edit | str], pointer: str) -> Scenario:
    """Scenario with edits that stand at a pointer of the parameters.

    Raises
    ------
    BadData
        If an edit is wrong.
    """
    try:
        return edited(scenario, edits)
    except ScenarioError as error:
        flaws = tuple(Problem(f"{pointer}{f.pointer}", f.detail) for f in error.flaws)
        raise BadData(str(error), flaws) from error


def _tried(case: Disruption, scenario: Scenario, place: int) -> None:
    hit = after(scenario, case.edits, f"/cases/{place}/edits")
    known = {
        "lost_sites": {s.code for s in hit.sites if s.status != "closed"},
        "lost_lanes": {x.code for x in hit.lanes if x.open},
        "from_period": {p.code for p in hit.periods},
    }
    asked = {
        "lost_sites": case.lost_sites,
        "lost_lanes": case.lost_lanes,
        "from_period": () if case.from_period is None else (case.from_period,),
    }
    for field, names in asked.items():
        stray = next((name for name in names if name not in known[field]), None)
        if stray is not None:
            detail = f"{stray!r} is not in the network of case {case.code!r}: name what takes part"
            raise _bad(f"/cases/{place}/{field}", detail)


def _likely(
    case: Disruption, params: NetworkStressParams, results: Mapping[str, Any], place: int
) -> Likely:
    if case.code in params.probabilities:
        chance = params.probabilities[case.code]
        if not 0.0 <= chance <= 1.0:
            raise _bad(f"/probabilities/{case.code}", f"{chance} is no chance: 0 to 1")
        return Likely(case, chance, "entered")
    if case.probability is not None:
        return Likely(case, case.probability, "entered")
    if isinstance(case.failure, Life):
        return Likely(case, case.failure.probability(), f"{case.failure.model} life")
    if isinstance(case.failure, FittedLife):
        life = _fitted(case.failure, results, place)
        return Likely(case, life.probability(), f"{life.model} life of run {case.failure.run}")
    return Likely(case, params.probability, ASSUMED)


def _fitted(asked: FittedLife, results: Mapping[str, Any], place: int) -> Life:
    """Life of a run: its result tells `shape`, `scale` in days, and `model` (else Weibull)."""
    result: Any = results.get(asked.run)
    pointer = f"/cases/{place}/failure/run"
    if not isinstance(result, dict):
        raise _bad(pointer, f"run {asked.run} has no result: name one that has succeeded")
    told = cast(dict[str, Any], result)
    fields = {name: told[name] for name in ("model", "shape", "scale") if name in told}
    given = {"age_days": asked.age_days, "horizon_days": asked.horizon_days}
    try:
        return Life.model_validate(fields | given)
    except ValidationError as error:
        why = error.errors()[0]
        detail = f"the result of run {asked.run} is no fitted life: {why['loc']} {why['msg']}"
        raise _bad(pointer, detail) from error


def _bad(pointer: str, detail: str) -> BadData:
    return BadData(detail, (Problem(pointer, detail),))
