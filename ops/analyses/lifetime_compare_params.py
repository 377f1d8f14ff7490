"""Parameters of a comparison of the lives of groups."""

from typing import Annotated, Literal

from pydantic import Field

from ops.analyses.life_params import LifeTestParams
from ops.lifetime.choice.rules import GovernanceRules

Ratio = Annotated[float, Field(gt=0.0, lt=100.0)]


class LifetimeCompareParams(LifeTestParams):
    """Parameters of a comparison of the lives of groups."""

    family: Literal["best", "weibull", "lognormal"] = Field(
        default="best", description="Distribution; best: the likelier of both over all groups."
    )
    reference: str = Field(
        default="",
        max_length=100,
        description="Group that the others are compared with; empty: every pair is compared.",
    )
    share: float = Field(
        default=0.1,
        gt=0.0,
        lt=1.0,
        description="Share failed at which lives are compared: 0.1 is the B10.",
    )
    shapes: Literal["own", "common"] = Field(
        default="own",
        description="Whether each group has a shape of its own in the ratios, or all have one:"
        " then the ratio is the same at every share, and a group without failures is compared too.",
    )
    margin: float | None = Field(
        default=None,
        gt=1.0,
        description="Ratio of lives that does not matter, e.g. 1.5: groups can then be shown to be"
        " alike within it (two one-sided tests).",
    )
    mode: str = Field(default="", max_length=100, description="Only this mode; empty means all.")
    ratios: tuple[Ratio, ...] = Field(
        default=(0.5, 0.67, 0.8),
        max_length=10,
        description="Ratios of lives for which the units that tell them apart are worked out.",
    )
    power: float = Field(
        default=0.9, gt=0.05, lt=1.0, description="Chance with which they shall be told apart."
    )
    test_end: float | None = Field(
        default=None,
        gt=0.0,
        description="Time at which such a test ends; absent: the longest time on this test.",
    )
    indistinct_below: float = Field(
        default=GovernanceRules().indistinct_below,
        ge=0.0,
        description="Difference (twice the log-likelihood) below which the distributions are not"
        " told apart.",
    )
    seed: int = Field(default=1, ge=0, description="Of the drawn tests.")
