"""Measuring the reasons of a network plan: each figure is a plan made again, within limits."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ops.analyses.network_plan_reasons import (
    PlanBending,
    PlanEntry,
    PlanReasons,
    PlanWayOut,
    PlanWorth,
)
from ops.analyses.network_plan_units import CapacityUnits
from solvers.network.instance import Instance
from solvers.network.outcome import Options
from solvers.network.plan import Plan
from solvers.scenario.document import Scenario
from solvers.watch import News

PLANS_OF_A_WORTH, PLANS_OF_AN_ENTRY, PLANS_OF_WAYS = 2, 8, 10
LEAST_S = 1.0  # of a solve, however many there are
Watch = Callable[[News], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reasons are wanted.

    Parameters
    ----------
    worths, entries
        How many capacities and how many unused lanes are measured.
    ways_out
        Whether ways out of infeasibility are looked for.
    """

    worths: int = 0
    entries: int = 0
    ways_out: bool = False

    @property
    def anything(self) -> bool:
        """Whether a plan is followed by measurements."""
        return bool(self.worths or self.entries)

    def limits(self, options: Options, plans: int) -> Options:
        """Limits of each plan: together they take about as long as the main plan may at most."""
        if options.time_s is None:
            return options
        return replace(options, time_s=max(options.time_s / max(plans, 1), LEAST_S))


def reasons(
    scenario: Scenario,
    instance: Instance,
    plan: Plan,
    wanted: Wanted,
    options: Options,
    watch: Watch,
) -> PlanReasons:
    """Measure why a plan of least cost is as it is, or how there could be one.

    Parameters
    ----------
    scenario, instance, plan
        The network, in words and in arrays, and its plan.
    wanted
        Which reasons.
    options
        Of the main plan; each plan made here has its share of the time.
    watch
        Told of each solve; its True keeps what is measured so far.
    """
    units = CapacityUnits(scenario)
    if plan.status == "infeasible":
        return _ways(scenario, units, wanted, options, watch) if wanted.ways_out else PlanReasons()
    if plan.status != "optimal" or not wanted.anything:
        cut = wanted.anything and plan.decided is not None
        return PlanReasons(skipped="a limit cut the search for the plan short" if cut else "")
    return Measuring(instance, plan, units, wanted, options).measured(watch)


@dataclass(frozen=True, slots=True)
class Measuring:
    """Worths and entries of one plan."""

    instance: Instance
    plan: Plan
    units: CapacityUnits
    wanted: Wanted
    options: Options

    def measured(self, watch: Watch) -> PlanReasons:
        """Measure both, the worths first."""
        from solvers.network.stage import part_of  # noqa: PLC0415  (beside what loads slowly)

        stopped = _Stopping(watch)
        share = 0.4 if self.wanted.entries else 1.0
        found = self._worths(part_of(stopped, 0.0, share, "reasons"))
        entered = (
            self._entries(part_of(stopped, share, 1.0, "reasons")) if not stopped.asked else ()
        )
        return PlanReasons(
            worths=found,
            entries=entered,
            skipped="the run was asked to stop" if stopped.asked else "",
        )

    def _worths(self, watch: Watch) -> tuple[PlanWorth, ...]:
        from solvers.network.worth import worths  # noqa: PLC0415  (HiGHS loads slowly)

        most = self.wanted.worths
        if not most:
            return ()
        limits = self.wanted.limits(self.options, PLANS_OF_A_WORTH * most + 1)
        found = [
            PlanWorth(
                kind=w.kind,
                code=w.code,
                site=site_of(w.kind, w.code),
                periods=w.periods,
                unit=self.units.of(w.kind, w.code),
                step=w.step,
                gain=w.gain,
                gain_least=w.gain_least,
                gain_most=w.gain_most,
                loss=w.loss,
            )
            for w in worths(self.instance, self.plan, limits, watch, most)
        ]
        return tuple(sorted(found, key=lambda worth: -worth.saved))

    def _entries(self, watch: Watch) -> tuple[PlanEntry, ...]:
        from solvers.network.entry import entries  # noqa: PLC0415  (HiGHS loads slowly)

        most = self.wanted.entries
        if not most:
            return ()
        limits = self.wanted.limits(self.options, PLANS_OF_AN_ENTRY * most)
        return tuple(
            PlanEntry(
                lane=e.lane,
                commodity=e.commodity,
                unit=self.units.commodities[e.commodity],
                cost=e.cost,
                enters_at=e.enters_at,
                stays_out_at=e.stays_out_at,
            )
            for e in entries(self.instance, self.plan, limits, watch, most)
        )


class _Stopping:
    """A watch that remembers whether it was asked to stop."""

    def __init__(self, watch: Watch) -> None:
        self.asked, self._watch = False, watch

    def __call__(self, news: News) -> bool:
        self.asked = self.asked or self._watch(news)
        return self.asked


def site_of(kind: str, code: str) -> str:
    """Code of the site of a capacity; empty for a lane."""
    return "" if kind == "lane" else code.split("/", 1)[0]


def _ways(
    scenario: Scenario, units: CapacityUnits, wanted: Wanted, options: Options, watch: Watch
) -> PlanReasons:
    from solvers.network.conflict import ways_out  # noqa: PLC0415  (HiGHS loads slowly)

    limits = wanted.limits(options, PLANS_OF_WAYS)
    found = tuple(
        PlanWayOut(
            name=way.name,
            bendings=tuple(
                PlanBending(
                    kind=b.kind,
                    code=b.code,
                    period=b.period,
                    amount=b.amount,
                    share=b.share,
                    unit=units.of(b.kind, b.code),
                )
                for b in way.bendings
            ),
            price=way.price,
            verified=way.verified,
            cost=way.cost,
        )
        for way in ways_out(scenario, limits, watch)
    )
    return PlanReasons(ways_out=found, skipped="" if found else "none was found within the limits")
