"""Parameters that the analyses of control charts share, and what they ask for."""

from collections.abc import Mapping

from pydantic import Field, model_validator

from ops.analysis import AnalysisParams
from ops.query import SEQ, MeasurementQuery, ProcessQuery
from ops.spc.design import ChartKind, ChartSettings
from ops.spc.estimate import FROM_VALUES, Estimator
from ops.spc.points import ROW_BY_ROW
from ops.spc.rules import RULES

MEANS = frozenset({"xbar-r", "xbar-s", "three-way"})


class ChartParams(AnalysisParams):
    """What is charted, how sigma is found and which rules judge."""

    kind: ChartKind = Field(
        default="individuals",
        description="Kind of chart: individuals, xbar-r, xbar-s, three-way, moving-average, ewma,"
        " cusum, short-run-nominal, short-run-standardized, p, np, c, u, laney-p, laney-u, g or t.",
    )
    stream: str = Field(
        default="tool",
        max_length=100,
        description="Factor whose levels are charted apart; empty: all in one stream.",
    )
    subgroup: str = Field(
        default="individuals",
        pattern=r"^(individuals|column|unit|count:[1-9]\d{0,3}|factor:[^\x00]{1,100}|gap:[1-9]\d{0,6})$",
        description="Rational subgroup: individuals, column, unit, count:5, factor:lot, or gap:1800"
        " (a new one after so many seconds without a value).",
    )
    estimator: Estimator = Field(
        default="auto",
        description="Estimator of sigma; auto takes that of the kind: moving ranges, R-bar, S-bar.",
    )
    rules: str = Field(
        default="nelson", description="Set of rules: nelson, western-electric, limits or another."
    )
    width: float = Field(default=3.0, gt=0, le=10, description="Limits, in sigmas.")
    iterate: bool = Field(
        default=True, description="Whether points beyond the limits are left out of phase I."
    )
    most: float = Field(
        default=0.1, ge=0, le=0.5, description="Largest share of a stream's points left out so."
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"tool": ["WB-07"]}.',
    )
    lambda_: float = Field(default=0.2, gt=0, le=1, description="EWMA: weight of the newest value.")
    k: float = Field(default=0.5, gt=0, le=5, description="CUSUM: reference value, in sigmas.")
    h: float = Field(default=4.77, gt=0, le=50, description="CUSUM: decision interval, in sigmas.")
    headstart: float = Field(default=0.0, ge=0, lt=50, description="CUSUM: where both sums start.")
    span: int = Field(default=5, ge=2, le=100, description="Moving average: its points.")
    probability: bool = Field(
        default=False, description="Attribute charts: limits of equal tail probability."
    )
    part: str = Field(default="", max_length=100, description="Short run: factor of the part.")

    @model_validator(mode="after")
    def _together(self) -> "ChartParams":
        if self.rules not in RULES:
            raise ValueError(f"rules {self.rules!r} is no set of rules; take one of {list(RULES)}")
        if self.kind in MEANS and self.subgroup == "individuals":
            raise ValueError(f"kind {self.kind} needs a subgroup such as column, unit or count:5")
        if self.kind in ROW_BY_ROW and self.subgroup != "individuals":
            raise ValueError(
                f"kind {self.kind} plots single values, subgroup {self.subgroup!r} has no use;"
                " take xbar-s, or subgroup individuals"
            )
        if self.kind.startswith("short-run") and not self.part:
            raise ValueError(f"kind {self.kind} needs part, the factor that names the part")
        if self.estimator in FROM_VALUES and self.subgroup == "individuals":
            raise ValueError(f"estimator {self.estimator} needs subgroups; take moving-range")
        if self.headstart >= self.h:
            raise ValueError(f"headstart {self.headstart:g} is not below h {self.h:g}")
        return self

    def settings(self) -> ChartSettings:
        """Make the settings of the chart that these parameters ask for."""
        said = {name: getattr(self, name) for name in ChartSettings.model_fields
                if name in ChartParams.model_fields and name not in ("rules", "where")}  # fmt: skip
        return ChartSettings(**said, rules=RULES[self.rules], where=dict(self.where))


def chart_query(
    params: ChartParams,
    characteristics: tuple[str, ...],
    *,
    factor: str = "",
    events: tuple[str, ...] = (),
    designs: bool = False,
) -> ProcessQuery:
    """Ask for the characteristics with all that a chart of them needs.

    Parameters
    ----------
    factor
        A factor that is wanted besides; "" for none.
    events
        Kinds of events that are wanted.
    designs
        Whether approved designs are wanted; then every factor is, since a design names its own.
    """
    label = params.subgroup.removeprefix("factor:") if params.subgroup.startswith("factor:") else ""
    wanted = (params.stream, params.part, label, factor, *params.where)
    return ProcessQuery(
        measurements=MeasurementQuery(
            characteristics=characteristics,
            site=params.site,
            where=dict(params.where),
            factors=None if designs else tuple(dict.fromkeys(name for name in wanted if name)),
            columns=frozenset({"n", "subgroup", "unit_id", SEQ}),
        ),
        events=events,
        marks=True,
        designs=designs,
    )
