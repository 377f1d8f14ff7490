"""The document of a qualification: stresses, each by its standard, with lots, units, readouts."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

StressKind = Literal["attribute", "operating-life", "early-life", "strength"]
DurationUnit = Literal["h", "cycles", "reflows", "bonds"]


class PlannedStress(BaseModel):
    """One stress of a plan."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    code: str = Field(min_length=1, max_length=40, description="Short name: TC, HTOL, WBS ...")
    title: str = Field(default="", max_length=200, description="What it is.")
    standard: str = Field(min_length=1, max_length=100, description="Standard that it follows.")
    conditions: str = Field(default="", max_length=300, description="Temperature, humidity, bias.")
    kind: StressKind = Field(
        default="attribute",
        description="attribute: units pass or fail; operating-life: also gives FIT; early-life:"
        " also gives ppm; strength: measured values against a lower limit and a Cpk.",
    )
    duration: float = Field(default=0.0, ge=0, description="At which it must be passed, in unit.")
    unit: DurationUnit = Field(default="h", description="Of duration and readouts.")
    lots: int = Field(default=3, ge=1, le=1000, description="Lots.")
    sample: int = Field(default=77, ge=1, le=1_000_000, description="Units (or bonds) of each lot.")
    accept: int = Field(default=0, ge=0, le=1000, description="Failures of a lot that still pass.")
    readouts: tuple[float, ...] = Field(
        default=(), max_length=50, description="When units are tested, ascending, in unit."
    )
    energy_ev: float | None = Field(
        default=None, gt=0, le=5, description="Apparent activation energy of the mechanism, eV."
    )
    use_c: float | None = Field(
        default=None, gt=-273, le=1000, description="Junction temperature at use, degC."
    )
    stress_c: float | None = Field(
        default=None, gt=-273, le=1000, description="Junction temperature of the test, degC."
    )
    acceleration: float | None = Field(
        default=None, gt=0, description="Acceleration factor; given, it replaces the temperatures."
    )
    lower_limit: float | None = Field(
        default=None, description="Strength: lower limit of each bond, gf."
    )
    cpk: float | None = Field(default=None, gt=0, description="Strength: Cpk to be reached.")
    note: str = Field(default="", max_length=500, description="Alternatives, what follows it.")

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if list(self.readouts) != sorted(set(self.readouts)):
            raise ValueError(f"readouts of {self.code} must ascend, each once")
        if self.readouts and self.readouts[-1] < self.duration:
            raise ValueError(
                f"the last readout of {self.code}, {self.readouts[-1]:g}, is before its duration"
                f" {self.duration:g}"
            )
        if self.kind == "strength" and self.lower_limit is None:
            raise ValueError(f"{self.code} measures strength: give its lower_limit")
        given = [x is None for x in (self.energy_ev, self.use_c, self.stress_c)]
        if any(given) and not all(given):
            raise ValueError(f"{self.code} needs energy_ev, use_c and stress_c, or none of them")
        return self


class QualificationPlan(BaseModel):
    """A qualification: what is stressed, by which standard, on how many lots and units."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    title: str = Field(min_length=1, max_length=200, description="What is qualified.")
    basis: tuple[str, ...] = Field(
        default=(), max_length=20, description="Standards that the plan as a whole follows."
    )
    stresses: tuple[PlannedStress, ...] = Field(
        min_length=1, max_length=60, description="The stresses."
    )

    @model_validator(mode="after")
    def _unique(self) -> Self:
        codes = [stress.code for stress in self.stresses]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"stresses {', '.join(twice)} are there twice: name them apart")
        return self


def copper_wire_plan() -> QualificationPlan:
    """Plan a package with copper wire for cars, in the manner of AEC-Q006 on AEC-Q100 grade 1.

    A starting point: the standards' own text at their newest revision decides.
    """
    return QualificationPlan(
        title="Copper wire, automotive grade 1",
        basis=("AEC-Q006", "AEC-Q100", "JESD47"),
        stresses=(*_package_stresses(), *_life_stresses(), *_bond_strengths()),
    )


def _package_stresses() -> tuple[PlannedStress, ...]:
    return (
        PlannedStress(
            code="PC",
            title="Preconditioning",
            standard="JESD22-A113",
            conditions="MSL 3 by J-STD-020, 3 reflows at 260 degC",
            duration=3,
            unit="reflows",
            sample=231,
            readouts=(3,),
            note="Before HAST, uHAST and TC; dry pack by J-STD-033.",
        ),
        PlannedStress(
            code="HAST",
            title="Biased HAST",
            standard="JESD22-A110",
            conditions="130 degC, 85 % relative humidity, bias",
            duration=192,
            readouts=(96, 192),
            note="Or JESD22-A101, 85 degC and 85 %, 1000 h and 2000 h.",
        ),
        PlannedStress(
            code="uHAST",
            title="Unbiased HAST",
            standard="JESD22-A118",
            conditions="130 degC, 85 % relative humidity",
            duration=96,
            readouts=(96,),
        ),
        PlannedStress(
            code="TC",
            title="Temperature cycling",
            standard="JESD22-A104",
            conditions="H: -55 to 150 degC",
            duration=2000,
            unit="cycles",
            readouts=(500, 1000, 2000),
        ),
    )


def _life_stresses() -> tuple[PlannedStress, ...]:
    return (
        PlannedStress(
            code="HTSL",
            title="High temperature storage life",
            standard="JESD22-A103",
            conditions="B: 150 degC",
            duration=2000,
            sample=45,
            readouts=(500, 1000, 2000),
        ),
        PlannedStress(
            code="HTOL",
            title="High temperature operating life",
            standard="JESD22-A108",
            conditions="125 degC, bias",
            kind="operating-life",
            duration=1000,
            readouts=(168, 500, 1000),
            energy_ev=0.7,
            use_c=55,
            stress_c=125,
        ),
        PlannedStress(
            code="ELFR",
            title="Early life",
            standard="JESD74",
            conditions="125 degC, bias",
            kind="early-life",
            duration=48,
            sample=800,
            readouts=(48,),
            energy_ev=0.7,
            use_c=55,
            stress_c=125,
        ),
    )


def _bond_strengths() -> tuple[PlannedStress, ...]:
    return (
        PlannedStress(
            code="WBS",
            title="Wire bond shear",
            standard="JESD22-B116",
            conditions="ball bonds of 5 units",
            kind="strength",
            duration=0,
            unit="bonds",
            sample=30,
            lower_limit=12.0,
            cpk=1.67,
            note="The limit is of the ball's size: take it from the bonding diagram.",
        ),
        PlannedStress(
            code="WBP",
            title="Wire bond pull",
            standard="MIL-STD-883 M2011",
            conditions="wires of 5 units; copper by JESD22-B120",
            kind="strength",
            duration=0,
            unit="bonds",
            sample=30,
            lower_limit=3.0,
            cpk=1.67,
            note="The limit is of the wire's size and metal.",
        ),
    )
