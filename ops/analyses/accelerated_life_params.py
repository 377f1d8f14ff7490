"""Parameters of an accelerated life: model, use conditions, constants, what is asked."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from ops.analyses.life_params import LifeTestParams
from ops.page_value import PageValue

ModelName = Literal[
    "arrhenius",
    "eyring",
    "inverse-power",
    "power-law",
    "field-temperature",
    "peck",
    "temperature-humidity-voltage",
    "temperature-nonthermal",
    "coffin-manson",
    "norris-landzberg",
    "black",
]
LogFamily = Literal["weibull", "lognormal", "loglogistic"]


class AssumedConstant(PageValue):
    """A constant that is given, not estimated: with its range, which enters every bound."""

    symbol: str = Field(min_length=1, max_length=10, description="Symbol in the model, e.g. Ea.")
    value: float = Field(description="Value, in the unit of the model: eV for Ea.")
    lower: float = Field(description="Lower end of its range.")
    upper: float = Field(description="Upper end of its range.")
    source: str = Field(min_length=1, max_length=300, description="Where it comes from.")

    @model_validator(mode="after")
    def _ordered(self) -> "AssumedConstant":
        if not self.lower <= self.value <= self.upper:
            raise ValueError(
                f"{self.symbol} = {self.value:g} is outside of [{self.lower:g}, {self.upper:g}]"
            )
        return self


class AcceleratedLifeParams(LifeTestParams):
    """Parameters of an accelerated life."""

    model: ModelName = Field(default="arrhenius", description="How life depends on the stresses.")
    family: LogFamily = Field(default="weibull", description="Distribution of the life in a cell.")
    families: Mapping[str, LogFamily] = Field(
        default_factory=dict[str, LogFamily],
        description='Failure modes with another one, e.g. {"heel-crack": "lognormal"}.',
    )
    material: str = Field(
        default="",
        max_length=64,
        description="Alloy, failure site, metal or mechanism that the model needs or takes"
        " constants of, e.g. sac, au-wire-heel-crack, al-cu.",
    )
    materials: Mapping[str, str] = Field(
        default_factory=dict[str, str], description="Failure modes with another material."
    )
    use: Mapping[str, float] = Field(
        default_factory=dict[str, float],
        description="Level of each stress in use; absent ones come from the life test's document.",
    )
    units: Mapping[str, str] = Field(
        default_factory=dict[str, str],
        description="Unit of a level in use; that of the life test if absent.",
    )
    stress_columns: Mapping[str, str] = Field(
        default_factory=dict[str, str],
        description='Stress of the model to its column, e.g. {"voltage": "bias"}; the same name'
        " if absent.",
    )
    modes: tuple[str, ...] = Field(
        default=(), max_length=20, description="Failure modes, each fitted apart; empty means all."
    )
    published: tuple[str, ...] = Field(
        default=(),
        max_length=6,
        description="Symbols of constants that are taken from the literature for the material"
        " instead of estimated, e.g. Ea.",
    )
    constants: tuple[AssumedConstant, ...] = Field(
        default=(), max_length=6, description="Constants that are given instead of estimated."
    )
    spread: Literal["uniform", "normal"] = Field(
        default="uniform",
        description="How assumed constants lie in their ranges; normal: a central 95 %.",
    )
    shares: tuple[float, ...] = Field(
        default=(0.01, 0.1, 0.5),
        min_length=1,
        max_length=10,
        description="Shares failed whose time is asked, e.g. 0.1 for B10.",
    )
    required_life: float | None = Field(
        default=None,
        gt=0,
        description="Life that the first share must reach in use, in the unit of the times.",
    )
    test_level: float = Field(
        default=0.05,
        gt=0,
        lt=0.5,
        description="p-value below which the tests of pooling object.",
    )
    resamples: int = Field(
        default=200,
        ge=0,
        le=5000,
        description="Of the test, to calibrate bounds where fewer than 30 failed; 0 leaves it.",
    )
    seed: int = Field(default=1, ge=0, description="Of resamples and draws.")

    @model_validator(mode="after")
    def _possible(self) -> "AcceleratedLifeParams":
        if any(not 0.0 < p < 1.0 for p in self.shares):
            raise ValueError("every share lies between 0 and 1")
        return self
