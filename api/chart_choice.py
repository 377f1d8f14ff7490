"""Which chart is asked for: its kind with the few parameters of the kind, and the rules."""

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

import numpy as np
from fastapi import Depends, Query

from ops.errors import BadData, Problem
from ops.spc.design import ChartKind, ChartSettings
from ops.spc.points import ATTRIBUTES, ROW_BY_ROW
from ops.spc.rules import RULES, Rule
from ops.values import Series

MEANS: frozenset[ChartKind] = frozenset({"xbar-r", "xbar-s", "three-way"})
FIVE = "count:5"
KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
DEFAULTS = {name: ChartSettings.model_fields[name].default
            for name in ("lambda_", "k", "h", "headstart", "span", "width")}  # fmt: skip

Kind = Annotated[
    ChartKind | Literal["i-mr", ""] | None,
    Query(
        description="Kind of chart; `i-mr` is `individuals`, which has its moving ranges beside"
        " it. Absent: counts as p or u, subgroups as xbar-s, single values as individuals."
    ),
]
Subgroup = Annotated[
    str | None,
    Query(
        pattern=r"^(individuals|column|unit|count:[1-9]\d{0,3}|factor:[^\x00]{1,100}|gap:[1-9]\d{0,6})?$",
        description="Rational subgroup: individuals, column, unit, count:5, factor:lot or gap:1800."
        " Absent: the column where there is one; else for means `count:5`, for others individuals.",
    ),
]
Rules = Annotated[
    Literal["nelson", "western-electric", "aiag", "limits"],
    Query(description="Which run rules judge the points."),
]
Off = Annotated[
    tuple[str, ...],
    Query(max_length=16, description="Ids of rules that are switched off: `nelson-7`."),
]
Part = Annotated[str, Query(max_length=100, description="Short run: factor that names the part.")]
Weight = Annotated[float, Query(gt=0, le=1, description="EWMA: weight of the newest value.")]
Reference = Annotated[float, Query(gt=0, le=5, description="CUSUM: reference value, in sigmas.")]
Decision = Annotated[float, Query(gt=0, le=50, description="CUSUM: decision interval, in sigmas.")]
Head = Annotated[float, Query(ge=0, lt=50, description="CUSUM: where both sums start.")]
Span = Annotated[int, Query(ge=2, le=100, description="Moving average: its points.")]
Width = Annotated[float, Query(gt=0, le=10, description="Limits, in sigmas of the statistic.")]


@dataclass(frozen=True, slots=True)
class Figures:
    """Parameters of kinds, each of use to some of them only."""

    lambda_: float = DEFAULTS["lambda_"]
    k: float = DEFAULTS["k"]
    h: float = DEFAULTS["h"]
    headstart: float = DEFAULTS["headstart"]
    span: int = DEFAULTS["span"]
    width: float = DEFAULTS["width"]


@dataclass(frozen=True, slots=True)
class ChartChoice:
    """The chart that is asked for; what is left open is decided by the data."""

    kind: ChartKind | None = None
    subgroup: str | None = None
    part: str = ""
    rule_set: str = "nelson"
    off: tuple[str, ...] = ()
    figures: Figures = Figures()

    def rules(self) -> tuple[Rule, ...]:
        """Rules of the set that are switched on; ids of other sets are passed over.

        Raises
        ------
        BadData
            If an id is of no set.
        """
        known = {rule.id for rules in RULES.values() for rule in rules}
        for one in self.off:
            if one not in known:
                own = ", ".join(rule.id for rule in RULES[self.rule_set])
                mend = f"take one of {own}"
                raise BadData(f"no rule {one!r}; {mend}", (Problem("/rules_off", mend),))
        own_ids = {rule.id for rule in RULES[self.rule_set]}
        return tuple(rule for rule in RULES[self.rule_set] if rule.id not in {*self.off} & own_ids)

    def settings(self, series: Series, *, counts: bool) -> ChartSettings:
        """Make the settings for a series.

        Parameters
        ----------
        counts
            Whether its values are counts.

        Raises
        ------
        BadData
            If the parameters do not go together.
        """
        grouped = _is_grouped(series)
        kind = self.kind or _kind_of(series, counts=counts, grouped=grouped)
        if kind.startswith("short-run") and self.part not in series.factors:
            mend = f"choose one of the factors {', '.join(sorted(series.factors)) or '(none)'}"
            fact = f"a chart of short runs needs the factor of the part, got {self.part!r}"
            raise BadData(f"{fact}; {mend}", (Problem("/part", mend),))
        figures = self.figures
        if kind == "cusum" and figures.headstart >= figures.h:
            mend = f"choose one below h = {figures.h:g}"
            fact = f"the sums would start at {figures.headstart:g}, beyond their limit"
            raise BadData(f"{fact}; {mend}", (Problem("/headstart", mend),))
        return ChartSettings(
            kind=kind,
            subgroup=self._subgroup(kind, grouped=grouped),
            part=self.part,
            rules=self.rules(),
            holds=(),
            lambda_=figures.lambda_,
            k=figures.k,
            h=figures.h,
            headstart=figures.headstart,
            span=figures.span,
            width=figures.width,
        )

    def _subgroup(self, kind: ChartKind, *, grouped: bool) -> str:
        if kind in ROW_BY_ROW:
            return "individuals"
        asked = "" if kind in MEANS and self.subgroup == "individuals" else self.subgroup
        if asked:
            return asked
        if kind in ATTRIBUTES:
            return "individuals"
        return "column" if grouped else FIVE if kind in MEANS else "individuals"


def _is_grouped(series: Series) -> bool:
    codes = series.subgroup.codes
    return bool(np.any(np.bincount(codes[codes >= 0]) >= 2))


def _kind_of(series: Series, *, counts: bool, grouped: bool) -> ChartKind:
    if counts:
        shares = bool(np.any(series.n != 1)) and bool(np.all(series.value <= series.n))
        return "p" if shares else "u"
    return "xbar-s" if grouped else "individuals"


def _figures(
    lambda_: Weight = DEFAULTS["lambda_"],
    k: Reference = DEFAULTS["k"],
    h: Decision = DEFAULTS["h"],
    headstart: Head = DEFAULTS["headstart"],
    span: Span = DEFAULTS["span"],
    width: Width = DEFAULTS["width"],
) -> Figures:
    return Figures(lambda_, k, h, headstart, span, width)


def choice_of(
    figures: Annotated[Figures, Depends(_figures)],
    kind: Kind = None,
    subgroup: Subgroup = None,
    part: Part = "",
    rules: Rules = "nelson",
    rules_off: Off = (),
) -> ChartChoice:
    """Which chart a request asks for."""
    known = "individuals" if kind == "i-mr" else kind or None
    return ChartChoice(known, subgroup or None, part, rules, rules_off, figures)
