from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.advise.what_if.edits import edits_of
from ops.advise.what_if.sentence import spoken
from solvers.scenario.alteration import Alteration
from solvers.scenario.edit_goods import (
    AlterDemands,
    AlterInventories,
    AlterSupplies,
    DemandField,
    GoodsWhere,
    InventoryField,
    SupplyField,
)
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.edit_lane import (
    AlterLanes,
    AlterModes,
    LaneField,
    LaneWhere,
    LeadTimeShock,
    ModeField,
    UseLanes,
)
from solvers.scenario.edit_making import (
    AlterProductions,
    AlterTools,
    MakingWhere,
    ProductionField,
    ToolField,
)
from solvers.scenario.edit_rule import AlterDuty, AlterPolicy, PolicyField, SetPolicy
from solvers.scenario.edit_site import AlterSites, RemoveSites, SetSites, SiteField, SiteWhere
from solvers.scenario.example import example_scenario
from solvers.scenario.place import SiteKind, SiteStatus
from solvers.scenario.policy import SiteCount

EXAMPLE = example_scenario()


def _maybe(values: object) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(sorted(set(values)))  # type: ignore[call-overload]


SITES = sorted(s.code for s in EXAMPLE.sites)
GOODS = sorted(c.code for c in EXAMPLE.commodities)
TAGS = ["bonders", "two words"]
SITE, GOOD, TAG = _maybe(SITES), _maybe(GOODS), _maybe(TAGS)
PERIODS = st.lists(st.sampled_from([p.code for p in EXAMPLE.periods]), max_size=3, unique=True).map(
    tuple
)
PERCENTS = st.integers(-100, 300).map(lambda n: Alteration(factor=float(f"{1 + n / 100:.12g}")))
NUMBERS = st.integers(-5000, 5000).map(float)
CHANGES = st.one_of(
    PERCENTS,
    NUMBERS.map(lambda n: Alteration(to=n)),
    NUMBERS.map(lambda n: Alteration(add=n)),
    st.sampled_from(["420 t", "12.5 EUR/kg", "6 week"]).map(lambda text: Alteration(to=text)),
    st.sampled_from(["3 day", "-20 kg"]).map(lambda text: Alteration(add=text)),
    st.just(Alteration(lift=True)),
)
LANES = st.builds(LaneWhere, origin=SITE, destination=SITE, mode=_maybe(["road", "sea"]), tag=TAG,
                  commodity=GOOD)  # fmt: skip
PLACES = st.builds(
    SiteWhere, codes=st.lists(st.sampled_from(SITES), max_size=3, unique=True).map(tuple),
    group=_maybe(["EU", "North America"]), tag=TAG,
    site_kind=st.none() | st.sampled_from(get_args(SiteKind)), country=_maybe(["DE", "US"]),
)  # fmt: skip
WHERE = st.builds(GoodsWhere, site=SITE, site_group=_maybe(["EU"]), site_tag=TAG, commodity=GOOD,
                  commodity_group=_maybe(["QFN"]), tag=TAG)  # fmt: skip
MAKING = st.builds(MakingWhere, site=SITE, commodity=GOOD, tool_group=_maybe(["WB"]),
                   revision=_maybe(["B"]), tag=TAG)  # fmt: skip


def _field(literal: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


COUNTRY = st.sampled_from(["CN", "US", "DE"])
SHARES = st.integers(0, 300).map(lambda n: float(f"{n / 100:.12g}"))
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(AlterLanes, where=LANES, field=_field(LaneField), change=CHANGES, periods=PERIODS),
    st.builds(UseLanes, where=LANES, open=st.booleans()),
    st.builds(LeadTimeShock, where=LANES, factor=st.sampled_from([1.0, 1.5, 0.8]),
              add=st.sampled_from([3.0, "2 week"])),
    st.builds(AlterModes, mode=_maybe(["road"]), field=_field(ModeField), change=CHANGES),
    st.builds(SetSites, where=PLACES, status=st.sampled_from(get_args(SiteStatus))),
    st.builds(AlterSites, where=PLACES, field=_field(SiteField), change=CHANGES, periods=PERIODS),
    st.builds(RemoveSites, where=PLACES),
    st.builds(AlterDemands, where=WHERE, field=_field(DemandField), change=CHANGES,
              periods=PERIODS),
    st.builds(AlterSupplies, where=WHERE, field=_field(SupplyField), change=CHANGES,
              periods=PERIODS),
    st.builds(AlterInventories, where=WHERE, field=_field(InventoryField), change=CHANGES),
    st.builds(AlterProductions, where=MAKING, field=_field(ProductionField), change=CHANGES,
              periods=PERIODS),
    st.builds(AlterTools, where=MAKING, field=_field(ToolField), change=CHANGES, periods=PERIODS),
    st.builds(AlterPolicy, field=_field(PolicyField), change=CHANGES, periods=PERIODS),
    st.builds(SetPolicy, single_source=st.none() | st.booleans(), lead_time_lag=st.booleans(),
              site_count=st.none() | st.builds(SiteCount, kind=_field(SiteKind),
                                               minimum=st.integers(0, 3),
                                               maximum=st.none() | st.integers(0, 9))),
    st.builds(AlterDuty, origin=COUNTRY, destination=COUNTRY, duty_class=_maybe(["package"]),
              to=SHARES),
    st.builds(AlterDuty, origin=COUNTRY, destination=COUNTRY, duty_class=_maybe(["package"]),
              add=SHARES),
)  # fmt: skip


@given(EDITS)
@settings(max_examples=120, deadline=None)
def test_edit_is_read_from_what_it_says(edit: Edit) -> None:
    assert spoken(edit.sentence(), EXAMPLE) == edit


@given(st.lists(EDITS, min_size=1, max_size=3))
@settings(max_examples=30, deadline=None)
def test_each_sentence_is_an_edit_that_applies_or_is_unclear(
    edits: list[Edit],
) -> None:
    said = edits_of("\n".join(edit.sentence() for edit in edits), EXAMPLE)
    assert len(said.edits) == len(said.understood)
    assert set(said.understood) <= {edit.sentence() for edit in edits}
    assert len(said.edits) + len(said.unclear) == len(edits)


@pytest.mark.parametrize(
    "text", ["", "close", "lane A>B", "demand", "tariff +25 % from C to US", "set /policy to 3",
             "lanes: capacity", "+10 %", "keep open", "single source maybe"]
)  # fmt: skip
def test_what_no_edit_says_is_none(text: str) -> None:
    assert spoken(text, EXAMPLE) is None
