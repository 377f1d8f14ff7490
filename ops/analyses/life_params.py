"""What every analysis of a life test asks for."""

from pydantic import Field

from ops.analysis import AnalysisParams


class LifeTestParams(AnalysisParams):
    """Base of the parameters: which life test, which of its units, how sure."""

    life_test: str = Field(min_length=1, max_length=64, description="Code of the life test.")
    revision: int | None = Field(
        default=None, ge=1, description="Which revision of its rows; absent means the newest."
    )
    groups: tuple[str, ...] = Field(
        default=(),
        max_length=1000,
        description="Only these groups (lots, suppliers); empty means all.",
    )
    confidence: float = Field(
        default=0.95, ge=0.5, le=0.999, description="Confidence of every bound and interval."
    )
