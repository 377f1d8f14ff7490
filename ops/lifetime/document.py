"""The document of a life test: what was tested, what a failure is, what its columns mean."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

Word = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]*$")]
Unit = Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[^\x00-\x1f\[\]]*$")]
Prose = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class LifeStress(_Part):
    """A stress of the test: its unit, and what it is in the field."""

    name: Word = Field(description="Name, e.g. temperature; the header of its column.")
    unit: Unit = Field(description="Unit of its levels, e.g. degC.")
    use: float | None = Field(default=None, description="Level at use conditions, in `unit`.")


class LifeMeasure(_Part):
    """What is read again and again in a degradation test, and when a unit counts as failed."""

    name: Word = Field(description="Name, e.g. contact resistance.")
    unit: Unit = Field(description="Unit of the readings.")
    lower: float | None = Field(default=None, description="Failed at or below it.")
    upper: float | None = Field(default=None, description="Failed at or above it.")

    @model_validator(mode="after")
    def _ordered(self) -> "LifeMeasure":
        if self.lower is not None and self.upper is not None and self.lower >= self.upper:
            raise ValueError(f"lower {self.lower:g} is not below upper {self.upper:g}")
        return self


class LifeTestDocument(_Part):
    """Facts of a life test that its rows do not hold."""

    product: str = Field(default="", max_length=200, description="What was tested.")
    failure: Prose = Field(
        default="", description="What counts as a failure, e.g. resistance + 20 % at 25 degC."
    )
    mechanism: Word | None = Field(
        default=None, description="Physical mechanism, where it is known, e.g. electromigration."
    )
    time_unit: Unit = Field(default="h", description="Unit of every time: h, d, cycles, km ...")
    stresses: tuple[LifeStress, ...] = Field(
        default=(), max_length=16, description="Stresses that were applied, each with its unit."
    )
    measure: LifeMeasure | None = Field(
        default=None, description="What a degradation test reads; null for other kinds."
    )
    group_means: Word | None = Field(
        default=None, description="What the groups of the rows are: lot, supplier, design ..."
    )
    standard: str | None = Field(
        default=None, max_length=200, description="Standard it was run by, e.g. JESD22-A103."
    )
    planned_end: float | None = Field(
        default=None, gt=0, description="Time at which the test is to end, in `time_unit`."
    )
    readouts: tuple[Annotated[float, Field(gt=0)], ...] = Field(
        default=(), max_length=500, description="Times at which units are read, in `time_unit`."
    )
    notes: Prose = Field(default="", description="What else there is to know.")

    @model_validator(mode="after")
    def _consistent(self) -> "LifeTestDocument":
        names = [stress.name.casefold() for stress in self.stresses]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"the stress {name!r} is named twice")
        if any(b <= a for a, b in zip(self.readouts, self.readouts[1:], strict=False)):
            raise ValueError("readouts must rise from each to the next")
        return self

    def unit_of(self, stress: str) -> str | None:
        """Find the unit of a stress, by its name in any case; None where it is not declared."""
        folded = stress.casefold()
        return next((s.unit for s in self.stresses if s.name.casefold() == folded), None)


EXAMPLE: dict[str, JsonValue] = {
    "product": "QFN32, 20 um copper wire",
    "failure": "resistance of a daisy chain up by 20 % at 25 degC",
    "mechanism": "intermetallic growth",
    "time_unit": "h",
    "stresses": [{"name": "temperature", "unit": "degC", "use": 55}],
    "group_means": "lot",
    "standard": "JESD22-A103",
    "planned_end": 2000,
    "readouts": [168, 500, 1000, 1500, 2000],
}
