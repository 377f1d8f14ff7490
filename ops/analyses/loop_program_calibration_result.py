"""Result of a program calibration: what is stored, exported and shown."""

from typing import Literal

from pydantic import Field

from ops.analyses.metrology_agreement_result import BoundedNumber
from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import PageValue


class CalibrationOfGroup(PageValue):
    """Offset and scale of one wire type and geometry."""

    wire: str = Field(description="Wire type; empty if it is not known.")
    package: str = Field(description="Geometry (package); empty if it is not known.")
    wires: int = Field(description="Measured wires.")
    lots: int = Field(description="Lots (or units) that they belong to.")
    set_points: int = Field(description="Distinct set-points.")
    centre: float | None = Field(description="Set-point at which the offset holds, in the unit.")
    offset: BoundedNumber | None = Field(
        description="Measured less set-point at the centre, in the unit; null: too few lots."
    )
    offset_shrunken: BoundedNumber | None = Field(
        description="The offset with the other geometries of the wire type taken into account."
    )
    own_weight: float | None = Field(
        description="Share of its own offset in that, 0 to 1; 0: the wire type's mean stands in."
    )
    scale: BoundedNumber | None = Field(
        description="Move of the height for one unit of the set-point; null: one set-point only."
    )
    sigma: float | None = Field(description="Sigma of a wire of another lot, in the unit.")
    band: float | None = Field(
        description="Half-width of the interval for a wire of another lot, in the unit."
    )
    p_lack: float | None = Field(description="Of the test that a line fits; null: not testable.")
    reason: str = Field(description="Why it could not be estimated by itself; empty if it was.")


class ProgramCorrection(PageValue):
    """What is advised for one program of one bonder."""

    tool: str = Field(description="Code of the bonder.")
    program: str = Field(description="Program, or the characteristic where none is known.")
    site: str = Field(description="Code of the site.")
    lots: int = Field(description="Lots behind it.")
    set_point: float = Field(description="Mean set-point, in the unit.")
    error: BoundedNumber | None = Field(
        description="Weighted mean of measured less set-point, in the unit, gauge included."
    )
    dead_band: float | None = Field(description="Half-width within which it is left, in the unit.")
    correction: float = Field(description="To be added to the program, in the unit; 0: leave it.")
    state: Literal["correct", "leave", "few", "refused"] = Field(
        description="few: too few lots; refused: the gauge cannot support a correction."
    )
    reason: str = Field(description="Why or why not.")


class CorrectionsMade(PageValue):
    """Corrections that were made on one bonder."""

    tool: str = Field(description="Code of the bonder.")
    site: str = Field(description="Code of the site.")
    corrections: int = Field(description="How many are recorded.")
    last: float = Field(description="The newest, in the unit.")
    slope: BoundedNumber | None = Field(description="Their move a day, in the unit; null: too few.")
    p: float | None = Field(description="Of the test that they do not move.")
    hidden_drift: bool = Field(
        description="Whether they move, all bonders considered: the program hides a creep."
    )


class ControllerEffect(PageValue):
    """What the controller does, by simulation."""

    inflation: float = Field(description="Relative growth of the variance of pure noise.")
    per_hundred: float = Field(description="Corrections in a hundred lots of pure noise.")
    lots_to_remove: float = Field(description="Median lots until a step of 2 sigma is taken out.")
    lag: float = Field(description="Mean error under a drift of 0.1 sigma a lot, in sigma.")


class PointOfProgram(PageValue):
    """One lot on one program, for the drawing."""

    group: str = Field(description="Wire type and geometry.")
    program: str = Field(description="Bonder and program.")
    set_point: float = Field(description="Set-point, in the unit.")
    height: float = Field(description="Mean measured height, gauge's bias taken off, in the unit.")


class LoopProgramCalibrationResult(AnalysisResult):
    """Calibration of bond programs, and the corrections that the data support."""

    state: Literal["judged", "refused"] = Field(
        description="refused: the gauge cannot support corrections; the calibration still stands."
    )
    reason: str = Field(description="Why it was refused; empty if it was not.")
    unit: str = Field(description="Unit of measure.")
    confidence: float = Field(description="Level of the intervals.")
    set_points_from: Literal["factor", "programs", "package", "target"] = Field(
        description="Where set-points come from."
    )
    gauge_share: float | None = Field(
        description="6 sigma of the gauge in the tolerance (%GRR / 100); null: not known."
    )
    gauge_bias: float = Field(description="Bias that was taken off, in the unit.")
    gauge_bias_uncertainty: float = Field(description="Its standard uncertainty, in the unit.")
    lambda_: float = Field(description="Weight of the newest lot.")
    width: float = Field(description="Half-width of the dead band in standard errors.")
    sigma_lot: float | None = Field(description="Sigma of a lot's error, in the unit.")
    groups: tuple[CalibrationOfGroup, ...] = Field(description="By wire type and geometry.")
    corrections: tuple[ProgramCorrection, ...] = Field(description="Advised, largest first.")
    programs: int = Field(description="Bonders' programs in all; the list may be shorter.")
    made: tuple[CorrectionsMade, ...] = Field(description="Corrections made, steepest first.")
    effect: ControllerEffect = Field(description="What this controller does.")
    points: tuple[PointOfProgram, ...] = Field(description="Lots that are drawn.")
    without: int = Field(description="Values without a set-point.")
    verdicts: tuple[Verdict, ...] = Field(description="The answer in sentences.")
