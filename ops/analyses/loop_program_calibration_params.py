"""Parameters of a program calibration."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from ops.analysis import AnalysisParams

Label = Annotated[str, Field(min_length=1, max_length=100)]
Name = Annotated[str, Field(max_length=100)]


class LoopProgramCalibrationParams(AnalysisParams):
    """Parameters of a program calibration."""

    characteristics: tuple[Label, ...] = Field(
        min_length=1, max_length=100, description="Codes of loop heights, all in one unit."
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"gauge": ["XR-1"]}.',
    )
    set_point_factor: Name = Field(
        default="", description="Factor whose levels are set-points; empty: another source."
    )
    set_points: Mapping[str, float] = Field(
        default_factory=dict[str, float],
        description="Program to set-point; empty: the package's nominal heights or the target.",
    )
    package: Name = Field(
        default="", description="Code of a package whose wires name their nominal height."
    )
    program: Name = Field(default="program", description="Factor of the bond program.")
    wire: Name = Field(default="wire", description="Factor of the wire type.")
    geometry: Name = Field(default="package", description="Factor of the geometry.")
    cluster: Name = Field(
        default="lot",
        description="Factor whose levels share an error; the unit where it is absent.",
    )
    least_spread: float = Field(
        default=0.0, ge=0, description="Range of set-points below which there is no scale."
    )
    lambda_: float = Field(default=0.2, ge=0.02, le=1, description="Weight of the newest lot.")
    width: float = Field(
        default=3.0, ge=1, le=10, description="Half-width of the dead band in standard errors."
    )
    dead_band: float | None = Field(
        default=None,
        gt=0,
        description="Error that must be told from none, in the unit: the least dead band, and"
        " corrections are refused where the standard error is wider; absent: none.",
    )
    gauge_sigma: float | None = Field(
        default=None, ge=0, description="Sigma of the gauge (GRR), in the unit; absent: not judged."
    )
    gauge_bias: float = Field(
        default=0.0, description="Bias of the gauge, e.g. of a metrology agreement; taken off."
    )
    gauge_bias_uncertainty: float = Field(
        default=0.0, ge=0, description="Standard uncertainty of that bias, in the unit."
    )
    grr_limit: float = Field(
        default=0.3, gt=0, le=1, description="Share of the tolerance that the gauge may take."
    )
    corrections: Name = Field(
        default="", description="Code of a characteristic with the corrections made; empty: none."
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")
    seed: int = Field(default=1, ge=0, description="Seed of the controller's simulation.")
