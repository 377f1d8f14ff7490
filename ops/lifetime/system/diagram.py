"""A reliability block diagram as a document: parts, and blocks of them."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Name = Annotated[str, Field(min_length=1, max_length=100)]
MOST_PARTS = 500


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class WeibullPart(_Document):
    """A part with a Weibull life."""

    family: Literal["weibull"] = Field(default="weibull", description="Weibull.")
    eta: float = Field(gt=0, description="Time by which 63.2 % have failed, in the unit of time.")
    beta: float = Field(gt=0, le=100, description="Shape.")
    factor: float = Field(
        default=1.0,
        ge=1,
        description="How far eta may be off: its two-sided interval is eta / factor to"
        " eta * factor, at the diagram's confidence. 1: it is known.",
    )


class LognormalPart(_Document):
    """A part with a lognormal life."""

    family: Literal["lognormal"] = Field(default="lognormal", description="Lognormal.")
    median: float = Field(gt=0, description="Median life, in the unit of time.")
    sigma: float = Field(gt=0, le=20, description="Standard deviation of the logarithm.")
    factor: float = Field(default=1.0, ge=1, description="How far the median may be off, as eta.")


class ExponentialPart(_Document):
    """A part with a constant failure rate."""

    family: Literal["exponential"] = Field(default="exponential", description="Exponential.")
    mtbf: float = Field(gt=0, description="Mean life, in the unit of time.")
    factor: float = Field(default=1.0, ge=1, description="How far it may be off, as eta.")


class FixedPart(_Document):
    """A part that works with a probability, whatever the time: a switch, a demand."""

    family: Literal["fixed"] = Field(default="fixed", description="Fixed.")
    reliability: float = Field(ge=0, le=1, description="Probability that it works.")


Part = Annotated[
    WeibullPart | LognormalPart | ExponentialPart | FixedPart, Field(discriminator="family")
]


class One(_Document):
    """One part, by its name; the same name twice is the same part."""

    kind: Literal["part"] = Field(default="part", description="One part.")
    part: Name = Field(description="Name of the part.")


class Series(_Document):
    """Works while all of its blocks do."""

    kind: Literal["series"] = Field(default="series", description="In series.")
    blocks: tuple["Block", ...] = Field(min_length=1, description="Blocks that must all work.")


class Parallel(_Document):
    """Works while any of its blocks does."""

    kind: Literal["parallel"] = Field(default="parallel", description="In parallel.")
    blocks: tuple["Block", ...] = Field(min_length=1, description="Blocks of which one must work.")


class KOfN(_Document):
    """Works while at least `k` of its blocks do."""

    kind: Literal["k-of-n"] = Field(default="k-of-n", description="k of n.")
    k: int = Field(ge=1, description="How many must work.")
    blocks: tuple["Block", ...] = Field(min_length=1, description="Blocks.")

    @model_validator(mode="after")
    def _enough(self) -> "KOfN":
        if self.k > len(self.blocks):
            raise ValueError(f"k is {self.k}, but there are {len(self.blocks)} blocks")
        return self


class Standby(_Document):
    """Copies of a part that wait, not ageing, until the one before has failed."""

    kind: Literal["standby"] = Field(default="standby", description="Cold standby.")
    part: Name = Field(description="Name of the part that each copy is like.")
    spares: int = Field(ge=1, le=20, description="Copies that wait.")
    switch: float = Field(
        default=1.0, ge=0, le=1, description="Probability that a change to the next one works."
    )


Block = Annotated[One | Series | Parallel | KOfN | Standby, Field(discriminator="kind")]
for _model in (Series, Parallel, KOfN):
    _model.model_rebuild()


class Diagram(_Document):
    """A system: its parts, and how it depends on them."""

    parts: dict[Name, Part] = Field(
        min_length=1, max_length=MOST_PARTS, description="Name of a part to its life."
    )
    system: Block = Field(description="The outermost block.")
    unit: str = Field(default="h", max_length=20, description="Unit of every time.")
    confidence: float = Field(
        default=0.9, ge=0.5, lt=1, description="Of the intervals that factors of parts stand for."
    )

    @model_validator(mode="after")
    def _known(self) -> "Diagram":
        unknown = sorted({name for name in names_of(self.system) if name not in self.parts})
        if unknown:
            raise ValueError(f"no part is named {unknown[0]!r}; parts are {', '.join(self.parts)}")
        for block in _blocks(self.system):
            if isinstance(block, Standby) and isinstance(self.parts[block.part], FixedPart):
                raise ValueError(f"standby of {block.part!r} needs a part with a life")
        return self


def placed(block: Block) -> Iterator[str]:
    """Yield the names of single parts, each as often as it stands in the diagram."""
    yield from (each.part for each in _blocks(block) if isinstance(each, One))


def names_of(block: Block) -> Iterator[str]:
    """Yield the names of all parts, also of those that standby copies are like."""
    for each in _blocks(block):
        if isinstance(each, One | Standby):
            yield each.part


def _blocks(block: Block) -> Iterator[Block]:
    yield block
    if isinstance(block, Series | Parallel | KOfN):
        for inner in block.blocks:
            yield from _blocks(inner)
