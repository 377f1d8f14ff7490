"""A stress test from plan to stochastic designs; loaded only where one is computed (HiGHS)."""

from typing import Any

import numpy as np

from ops.analyses.network_plan_result import remark
from ops.analyses.network_stress_cases import ASSUMED, Likely, after, likely_cases
from ops.analyses.network_stress_design import designed
from ops.analyses.network_stress_params import NetworkStressParams
from ops.analyses.network_stress_plan import first_stage, notes
from ops.analyses.network_stress_result import (
    NetworkStressResult,
    StressCase,
    StressSurvival,
    case_row,
    contingency_row,
)
from ops.analysis import Progress
from ops.query import ScenarioData
from solvers.network.instance import Instance
from solvers.network.note import Note
from solvers.network.resolve import resolve
from solvers.network.start import Start
from solvers.risk.case import recovery_days
from solvers.risk.chance import Draws, draw
from solvers.risk.stress import UNDISTURBED, Ground, stress, worth_of
from solvers.risk.stressed import Stressed
from solvers.risk.survive import survival
from solvers.scenario.document import Scenario
from solvers.scenario.edit import sentences
from solvers.watch import News, unwatched

PLANNED, MATRIX, TRIED = 0.1, 0.7, 0.85  # progress at the end of plan, matrix, contingencies
LEAVES = 20  # times that the matrix is left for `salvage` while it grows
LARGE = 20_000  # flows from which on the solver of an LP asks whether to go on: that takes time
MOST_COSTS = 100_000  # costs of single outcomes in a result: those of the worst cases


class Exercise:
    """A stress test that is under way.

    Parameters
    ----------
    data, params, progress
        Of the analysis.
    scenario, said
        With the edits of the parameters, and these in words.
    """

    def __init__(
        self,
        data: ScenarioData,
        params: NetworkStressParams,
        progress: Progress,
        edited_: tuple[Scenario, tuple[str, ...]],
    ) -> None:
        self._data, self._params, self._progress = data, params, progress
        self._scenario, said = edited_
        resolved = resolve(self._scenario)
        self._instance: Instance = resolved.instance
        self._notes: list[Note] = list(resolved.notes)
        self._fraction, self._stopped = 0.0, False
        self._done = self._asked = 0
        self._found: dict[str, Stressed] = {}
        self._fields: dict[str, Any] = {
            "scenario": data.code,
            "revision": data.revision,
            "title": self._scenario.title,
            "money": self._scenario.units.money,
            "edits": said,
            "plan_run": params.plan_run,
            "level": params.level,
            "seeds": params.seeds,
            "seed": params.seed,
        }

    def run(self) -> NetworkStressResult:
        """Plan, stress, and find out what would help."""
        self._say(0.0, "planning")
        stage = first_stage(
            self._params,
            self._instance,
            self._data.results,
            self._hear(0.0, PLANNED),
            lags=self._scenario.policy.lead_time_lag,
        )
        self._fields |= {"plan_status": stage.status, "plan_cost": stage.cost}
        plan, terms = stage.plan, stage.terms
        if plan is None:
            return self._result()
        ground = Ground(self._scenario, self._instance, plan, terms, self._params.level)
        working = self._working(plan)
        cases = likely_cases(self._params, self._scenario, working, self._data.results)
        for place, asked in enumerate(self._params.contingencies):
            after(self._scenario, asked.edits, f"/contingencies/{place}/edits")
        rngs = np.random.default_rng(self._params.seed).spawn(2)
        draws = draw(
            rngs[0], self._scenario, self._instance, self._params.seeds, self._params.lead_family
        )
        each = max(draws.count, 1)
        self._asked = each * (len(cases) + 1) * (1 + len(self._params.contingencies))
        self._notes += [*stage.notes, *notes(terms, draws), *_assumed(cases)]
        if self._params.survival:
            self._fields["survival"] = self._survival(plan, working)
        self._matrix(ground, cases, draws)
        self._try_contingencies(ground, cases, draws)
        if self._params.design_outcomes and not self._stopped:
            self._say(TRIED, "deciding sites for many outcomes")
            self._fields |= designed(ground, cases, self._params, rngs[1], self._hear(TRIED, 0.99))
        self._say(1.0, "stopped" if self._stopped else "done")
        return self._result()

    def _working(self, plan: Start) -> frozenset[str]:
        """Sites that the plan uses in some period; those that it says nothing of are open."""
        closed = {
            code
            for code in self._instance.sites.code
            if not any(plan.open.get((code, p), True) for p in self._instance.periods)
        }
        return frozenset(self._instance.sites.code) - closed

    def _survival(self, plan: Start, working: frozenset[str]) -> tuple[StressSurvival, ...]:
        sites = self._instance.sites
        asked = [
            code
            for code, kind in zip(sites.code, sites.kind, strict=True)
            if kind != "customer" and code in working
        ]
        recover = recovery_days(self._scenario) | self._params.recoveries
        rows = [
            StressSurvival(
                site=found.site,
                survive_days=found.days if np.isfinite(found.days) else None,
                recover_days=recover.get(found.site),
                exposed=found.exposed(recover.get(found.site)),
            )
            for found in survival(self._instance, asked, plan)
        ]
        never = float("inf")
        rows.sort(key=lambda r: never if r.survive_days is None else r.survive_days)
        return tuple(rows)

    def _matrix(self, ground: Ground, cases: tuple[Likely, ...], draws: Draws) -> None:
        """Stress the plan, case by case; what is found is left for `salvage` as it grows."""
        rest = max(len(cases) // LEAVES, 1)
        for place, one in enumerate((None, *cases)):
            case = UNDISTURBED if one is None else one.case
            found = self._stress(ground, case, draws, case.title or case.code, MATRIX)
            if found is not None:
                self._found[case.code] = found
            last = self._stopped or place == len(cases)
            if last or (place and place % rest == 0):
                self._fields["cases"] = self._rows(cases)
                self._leave()
            if self._stopped:
                return

    def _try_contingencies(self, ground: Ground, cases: tuple[Likely, ...], draws: Draws) -> None:
        rows = list[Any]()
        chance = {one.case.code: one.chance for one in cases}
        for asked in self._params.contingencies:
            helped = ground.changed(asked.edits)
            said = sentences(ground.scenario, asked.edits)
            within: dict[str, Stressed] = {}
            for case in (UNDISTURBED, *(one.case for one in cases)):
                if self._stopped:
                    return
                found = self._stress(helped, case, draws, f"{asked.name}: {case.code}", TRIED)
                if found is not None:
                    within[case.code] = found
            worth = worth_of(self._found, within, chance, asked.annual_cost)
            rows.append(contingency_row(asked.name, said, worth))
            best = sorted(rows, key=lambda r: -(r.value if r.value is not None else -np.inf))
            self._fields["contingencies"] = tuple(best)
            self._leave()

    def _stress(
        self, ground: Ground, case: Any, draws: Draws, what: str, upto: float
    ) -> Stressed | None:
        begin = PLANNED if upto == MATRIX else MATRIX
        whole = self._asked / (1 + len(self._params.contingencies))
        first = whole if upto == MATRIX else max(self._asked - whole, 1)
        before = 0 if upto == MATRIX else whole

        def told() -> bool:
            self._done += 1
            share = min((self._done - before) / first, 1.0)
            return self._say(begin + (upto - begin) * share, what)

        asks = self._params.whole or self._instance.arcs.limit.size >= LARGE
        watch = self._hear(self._fraction, self._fraction) if asks else unwatched
        return stress(ground, case, draws, told, watch)

    def _rows(self, cases: tuple[Likely, ...]) -> tuple[StressCase, ...]:
        base = self._found.get(UNDISTURBED.code)
        if base is not None:
            self._fields["undisturbed"] = _mean(base)
            self._fields["undisturbed_service"] = float(base.service.mean())
        rows = [
            case_row(self._found[one.case.code], base, one.chance, one.source)
            for one in cases
            if one.case.code in self._found
        ]
        rows.sort(key=lambda r: -np.inf if r.annual_loss is None else -r.annual_loss)
        kept = MOST_COSTS // max(self._params.seeds, 1)
        bare = [row.model_copy(update={"costs": ()}) for row in rows[kept:]]
        return (*rows[:kept], *bare)

    def _result(self, *, complete: bool | None = None) -> NetworkStressResult:
        fields = {"plan_status": "", **self._fields}
        return NetworkStressResult.model_validate(
            fields
            | {
                "remarks": tuple(remark(note) for note in self._notes),
                "done": self._done,
                "asked": self._asked,
                "complete": not self._stopped if complete is None else complete,
            }
        )

    def _leave(self) -> None:
        """Leave what is done so far, should the computation be killed."""
        left = self._result(complete=False).model_dump_json().encode()
        self._progress(self._fraction, f"{self._done} of {self._asked} outcomes", checkpoint=left)

    def _say(self, fraction: float, what: str) -> bool:
        self._fraction = max(self._fraction, fraction)
        count = f" ({self._done} of {self._asked} outcomes)" if self._asked else ""
        self._stopped = bool(self._progress(self._fraction, what + count)) or self._stopped
        return self._stopped

    def _hear(self, begin: float, end: float) -> Any:
        def watch(news: News) -> bool:
            return self._say(begin + (end - begin) * news.fraction, news.message)

        return watch


def _assumed(cases: tuple[Likely, ...]) -> tuple[Note, ...]:
    chances = [one.chance for one in cases if one.source == ASSUMED]
    if not chances:
        return ()
    told: dict[str, float | str] = {"cases": float(len(chances)), "chance": chances[0]}
    return (Note("chance", "The chance of {cases} disruptions is assumed: {chance} a year", told),)


def _mean(found: Stressed) -> float | None:
    return found.tail.mean if np.isfinite(found.tail.mean) else None
