"""Parameters of a gauge study."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from ops.analysis import AnalysisParams

Study = Literal["type-1", "crossed", "nested", "expanded", "linearity", "stability"]


class GaugeStudyParams(AnalysisParams):
    """Parameters of the gauge study."""

    characteristic: str = Field(
        min_length=1, max_length=100, description="Code of what was measured."
    )
    study: Study = Field(
        default="crossed",
        description="type-1: one master, again and again; crossed: every operator measures every"
        " part; nested: each their own parts (destructive); expanded: more factors; linearity:"
        " masters along the range; stability: one master over time.",
    )
    part: str = Field(
        default="unit_id", max_length=100, description="The part: unit_id, position, or a factor."
    )
    operator: str = Field(
        default="operator", max_length=100, description="Factor that measures: operator, tool ..."
    )
    further: tuple[str, ...] = Field(
        default=(), max_length=4, description="Expanded: more factors, e.g. gauge, day, fixture."
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"purpose": ["msa"]}.',
    )
    method: Literal["auto", "anova", "reml", "range"] = Field(
        default="auto", description="auto: anova where the data are balanced, else reml."
    )
    interaction: Literal["pool", "keep", "drop"] = Field(
        default="pool",
        description="Of operator and part. pool: with repeatability where its p is above 0.25.",
    )
    reference: float | None = Field(
        default=None, description="Type-1 and stability: true value of the master, in the unit."
    )
    references: Mapping[str, float] = Field(
        default_factory=dict[str, float],
        description="Linearity: part to its true value, in the unit.",
    )
    tolerance: float | None = Field(
        default=None,
        gt=0,
        description="Width of the tolerance, used where the specification lacks a limit.",
    )
    process_sigma: float | None = Field(
        default=None,
        gt=0,
        description="Standard deviation of the process as measured; absent: of the parts studied.",
    )
    process_mean: float | None = Field(
        default=None, description="Mean of the process, for risks; absent: of the parts studied."
    )
    width: float = Field(
        default=6.0, gt=0, le=10, description="Standard deviations compared to the tolerance."
    )
    k_percent: float = Field(
        default=20.0, gt=0, le=100, description="Type-1: K, per cent of the tolerance."
    )
    spread: float = Field(
        default=6.0,
        gt=0,
        le=10,
        description="Type-1: L in standard deviations, 6 (Bosch, Minitab) or 4 (VDA 5).",
    )
    index_required: float = Field(
        default=1.33, gt=0, le=10, description="Type-1: least Cg and Cgk."
    )
    resolution: float | None = Field(
        default=None, gt=0, description="Type-1: smallest step that the gauge shows, in the unit."
    )
    accept: float = Field(
        default=0.1, gt=0, lt=1, description="Ratio up to which a gauge is accepted, 0.1 = 10 %."
    )
    reject: float = Field(
        default=0.3, gt=0, le=1, description="Ratio above which it is rejected, 0.3 = 30 %."
    )
    consumer_risk: float = Field(
        default=0.001,
        gt=0,
        lt=0.5,
        description="Highest share of products that may be outside and accepted.",
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.study == "type-1" and self.reference is None:
            raise ValueError("a type-1 study needs the reference: the true value of the master")
        if self.study == "linearity" and len(set(self.references.values())) < 2:
            raise ValueError(
                f"linearity needs references at 2 values, got {len(self.references)} parts"
            )
        if self.study == "expanded" and self.method in ("anova", "range"):
            raise ValueError(f"an expanded study is fitted by reml, not by {self.method}")
        if self.study == "nested" and self.method == "range":
            raise ValueError("a nested study has no range method; choose anova or reml")
        if not self.accept < self.reject:
            raise ValueError(f"accept {self.accept} is not below reject {self.reject}")
        return self
