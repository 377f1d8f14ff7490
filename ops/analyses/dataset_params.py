"""What every analysis of a dataset asks for."""

from pydantic import Field

from ops.analysis import AnalysisParams


class DatasetParams(AnalysisParams):
    """Base of the parameters: which dataset, which of its revisions."""

    dataset: str = Field(min_length=1, max_length=64, description="Code of the dataset.")
    revision: int | None = Field(
        default=None, ge=1, description="Which revision of its rows; absent means the newest."
    )
    rebuild: bool = Field(
        default=False,
        description="Build the rows anew from the recipe of the dataset, as of now; what a schedule"
        " wants.",
    )
    recipe: str = Field(
        default="",
        max_length=200_000,
        description="With `rebuild`: the recipe, as JSON. Left empty: that of the dataset when the"
        " run is submitted, so that a repeat builds the same rows.",
    )
