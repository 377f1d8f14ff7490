"""Result of an accelerated life: what is stored, exported and shown."""

from typing import Literal

from pydantic import Field

from ops.analyses.life_charts import LifeLine
from ops.analysis import AnalysisResult
from ops.page_value import PageValue


class ModelCard(PageValue):
    """What the model is, and what it is valid for."""

    name: str = Field(description="Key.")
    title: str = Field(description="Name.")
    equation: str = Field(description="Relation.")
    valid_for: str = Field(description="What it describes.")
    chosen_by: str = Field(description="What a material is called: alloy, failure site ...")
    stresses: tuple[str, ...] = Field(description="Stresses, each with the unit of the model.")
    source: str = Field(description="Publication.")


class UseLevel(PageValue):
    """A stress in use."""

    stress: str = Field(description="Name of the stress.")
    title: str = Field(description="In words.")
    level: float = Field(description="Level, in `unit`.")
    unit: str = Field(description="Unit.")


class LifeAtUse(PageValue):
    """Time by which a share has failed in use, in the unit of the times."""

    p: float = Field(description="Share.")
    estimate: float | None = Field(description="Estimate; null beyond all numbers.")
    lower_one_sided: float | None = Field(description="One-sided lower bound; null: none.")
    lower: float | None = Field(description="Two-sided lower bound; null: none.")
    upper: float | None = Field(description="Two-sided upper bound; null: none.")
    method: str = Field(description="How the bounds came about.")
    approximate: bool = Field(description="Whether too few failed for the method.")


class FittedConstant(PageValue):
    """A constant of the model, estimated or assumed."""

    symbol: str = Field(description="Symbol.")
    title: str = Field(description="In words.")
    unit: str = Field(description="Unit; empty: none.")
    value: float = Field(description="Value.")
    lower: float | None = Field(description="Lower bound, or lower end of the assumed range.")
    upper: float | None = Field(description="Upper bound, or upper end of the assumed range.")
    estimated: bool = Field(description="Whether it comes from the data.")
    method: str = Field(description="How the bounds came about.")
    source: str = Field(description="Publication of the value that was assumed or is compared.")
    published_lower: float | None = Field(description="Lower end of the published range, if any.")
    published_upper: float | None = Field(description="Upper end of the published range, if any.")


class PoolingTold(PageValue):
    """A test before pooling."""

    statistic: float | None = Field(description="Likelihood-ratio statistic; null: none.")
    df: int = Field(description="Degrees of freedom.")
    p: float | None = Field(description="p-value; null: none.")
    left_out: tuple[str, ...] = Field(description="Cells that could not take part.")
    why: str = Field(description="Why there is none; empty otherwise.")


class StressCell(PageValue):
    """Units under equal stresses; times in the unit of the data."""

    name: str = Field(description="Its levels.")
    levels: tuple[float, ...] = Field(description="Level of each stress, in the unit given.")
    units: float = Field(description="Units on test.")
    failures: float = Field(description="Of them, failed by this mode.")
    expected: float | None = Field(description="Failures that the pooled fit expects; null: none.")
    all_last: float | None = Field(description="Probability that none would fail; null: none.")
    longest: float = Field(description="Longest time on test.")
    own_shape: float | None = Field(description="Shape or sigma of it alone; null: no maximum.")
    own_life: float | None = Field(description="Its own time of the first share; null as above.")
    pooled_life: float = Field(description="The same by the pooled fit.")
    factor: float = Field(description="Acceleration factor against use.")
    factor_lower: float | None = Field(description="Its lower bound; null: none.")
    factor_upper: float | None = Field(description="Its upper bound; null: none.")


class CellPlot(PageValue):
    """Failures of a cell on probability paper, with its line in the pooled fit."""

    name: str = Field(description="Cell; that of the use condition has no failures.")
    time: tuple[float, ...] = Field(description="Times of failures.")
    probability: tuple[float, ...] = Field(description="Plotting position of each.")
    line: LifeLine = Field(description="Pooled fit.")


class LifeStressPlot(PageValue):
    """Life of the first share against the transformed stress, or against the factor."""

    along: Literal["arrhenius", "inverse", "power", "rising", "exponential", "factor"] = Field(
        description="What runs along x: 1/kT, 1/s, -ln s, ln s, -s, the factor against use."
    )
    log: bool = Field(description="Whether x is logarithmic.")
    x: tuple[float, ...] = Field(description="Places of the relation.")
    life: tuple[float, ...] = Field(description="Life there.")
    lower: tuple[float, ...] = Field(description="Pointwise lower bound, Wald on ln life.")
    upper: tuple[float, ...] = Field(description="Pointwise upper bound.")
    cell_x: tuple[float, ...] = Field(description="Places of cells with a fit of their own.")
    cell_life: tuple[float, ...] = Field(description="Life of each by itself.")
    use_x: float = Field(description="Place of the use condition.")
    use_life: float = Field(description="Life there.")
    use_lower: float | None = Field(description="Two-sided lower bound there; null: none.")
    use_upper: float | None = Field(description="Two-sided upper bound there; null: none.")


class StressReachTold(PageValue):
    """How far use lies beyond the tested levels of a stress."""

    stress: str = Field(description="Name of the stress.")
    ratio: float | None = Field(
        description="Distance beyond them over their width, transformed; null: one level only."
    )


class ExtrapolationTold(PageValue):
    """What the life in use rests on."""

    reaches: tuple[StressReachTold, ...] = Field(description="Each term of the model.")
    nearest: str = Field(description="Cell with failures that is nearest to use.")
    factor: float = Field(description="Acceleration factor from it to use.")
    factor_lower: float | None = Field(description="Its lower bound; null: none.")
    factor_upper: float | None = Field(description="Its upper bound; null: none.")
    proven: float = Field(description="Longest test time of a cell, turned into time in use.")
    time_ratio: float = Field(description="Life of the first share over it.")
    test_ratio: float = Field(description="Life of the first share over the longest test.")
    p_seen: float = Field(description="Least share that was seen to fail in a cell.")


class AcceleratedMode(PageValue):
    """One failure mode: relation, tests, cells, life in use."""

    mode: str = Field(description="Failure mode; empty: all failures alike.")
    family: str = Field(description="Distribution.")
    material: str = Field(description="Material system; empty: none was named.")
    material_title: str = Field(description="In words.")
    units: float = Field(description="Units on test.")
    failures: float = Field(description="Failures of this mode.")
    loglik: float = Field(description="Log-likelihood of the times.")
    intercept: FittedConstant = Field(description="b0 of ln life.")
    constants: tuple[FittedConstant, ...] = Field(description="Constants of the model.")
    shape: FittedConstant = Field(description="Weibull and loglogistic beta, lognormal sigma.")
    common_shape: PoolingTold = Field(description="Whether cells scatter alike.")
    lack_of_fit: PoolingTold = Field(description="Whether cells lie on the relation.")
    poolable: bool | None = Field(description="Whether neither test objects; null: no test.")
    cells: tuple[StressCell, ...] = Field(description="Cells, the mildest first.")
    lives: tuple[LifeAtUse, ...] = Field(description="Life in use for each share.")
    extrapolation: ExtrapolationTold = Field(description="Of the first share.")
    paper: tuple[CellPlot, ...] = Field(description="Probability plot; the last is use.")
    relation: LifeStressPlot = Field(description="Life-stress plot.")


class ModeRefused(PageValue):
    """A failure mode that could not be fitted."""

    mode: str = Field(description="Failure mode.")
    reason: str = Field(description="Why.")


class AcceleratedLifeResult(AnalysisResult):
    """Accelerated life: model, modes, life in use."""

    title: str = Field(description="Title of the life test.")
    unit: str = Field(description="Unit of the times.")
    card: ModelCard = Field(description="The model.")
    confidence: float = Field(description="Confidence of every bound.")
    test_level: float = Field(description="p-value below which a test objects.")
    use: tuple[UseLevel, ...] = Field(description="Use condition.")
    stresses: tuple[str, ...] = Field(description="Stresses of the cells, each with its unit.")
    modes: tuple[AcceleratedMode, ...] = Field(description="Modes that were fitted.")
    refused: tuple[ModeRefused, ...] = Field(description="Modes that were not.")
    together: tuple[LifeAtUse, ...] = Field(
        description="Life in use by any mode, for each share; empty with one mode."
    )
    required_life: float | None = Field(description="Life that is required; null: none.")
