"""What goes over the wire about predictions: answers for rows, as JSON or as a table."""

from typing import Any, Literal

from pydantic import ConfigDict, Field

from api.body import View
from api.model_bodies import ModelTask


class ContributionView(View):
    """What one column adds to the score of a row."""

    feature: str = Field(description="Feature, or column, that it is of.")
    column: str = Field(description="Column of the rows, or derived feature.")
    value: float | str | None = Field(description="Its value, in its own unit; null: missing.")
    amount: float = Field(description="Log-odds that it adds, against the mean of training.")


class PredictionView(View):
    """Answer of a classifier for one row."""

    probability: dict[str, float] = Field(description="Calibrated probability of each class.")
    decided: str = Field(description="Class at the threshold of costs.")
    possible: list[str] = Field(
        description="Classes that cannot be ruled out: a class-conditional conformal set."
    )
    unusual: bool = Field(description="Whether training has seen no such row.")
    imputed: list[str] = Field(description="Columns without a value, for which one stands in.")
    remarks: list[str] = Field(description="What of it training has not seen.")
    contributions: list[ContributionView] | None = Field(
        description="Columns that move its score most; null unless asked for."
    )


class NumberPredictionView(View):
    """Answer of a regression for one row, in the unit of its label."""

    value: float = Field(description="Predicted number.")
    lower: float | None = Field(description="Lower end of its interval; null: there is none.")
    upper: float | None = Field(description="Upper end of its interval; null: there is none.")
    reliance: float = Field(description="From 0 to 1: how far to rely on it.")
    measure: bool = Field(description="Whether to measure instead.")
    unusual: bool = Field(description="Whether training has seen no such row.")
    imputed: list[str] = Field(description="Columns without a value, for which one stands in.")
    remarks: list[str] = Field(description="What of it training has not seen.")


class PredictionAnswer(View):
    """Answers for the rows of a call, in their order, and the model that gave them."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "model": "lifted-wires",
                "version": 3,
                "sha256": "9f2c" * 16,
                "task": "classify",
                "classes": ["fail", "pass"],
                "positive": "fail",
                "threshold": 0.1,
                "label": "",
                "unit": "",
                "ignored": [],
                "notes": [],
                "predictions": [
                    {
                        "probability": {"fail": 0.34, "pass": 0.66},
                        "decided": "fail",
                        "possible": ["fail", "pass"],
                        "unusual": False,
                        "imputed": [],
                        "remarks": [],
                        "contributions": [
                            {"feature": "power", "column": "power", "value": 92.0, "amount": 1.4}
                        ],
                    }
                ],
            }
        }
    )
    model: str = Field(description="Code of the model.")
    version: int = Field(description="Number of the version that the alias stands for now.")
    sha256: str = Field(description="SHA-256 of its artefact; empty: it has none.")
    task: ModelTask = Field(description="What it predicts.")
    classes: list[str] = Field(description="Its classes; empty for a number.")
    positive: str | None = Field(description="The class that counts as the event.")
    threshold: float | None = Field(
        description="Probability of the event from which it is decided; null: the likeliest class."
    )
    label: str = Field(description="Which number is predicted; empty for classes.")
    unit: str = Field(description="Unit of the number.")
    ignored: list[str] = Field(description="Columns that were sent and the model does not read.")
    notes: list[str] = Field(description="What a reader of its answers must know.")
    predictions: list[PredictionView] | list[NumberPredictionView] = Field(
        description="One for each row."
    )


Format = Literal["json", "csv", "arrow"]
_CSV = "torque [Nm],speed [rpm],type\n42.8,1551,L\n"
_JSON: Any = {"torque": 42.8, "speed": {"value": 1551, "unit": "rpm"}, "type": "L"}
ARROW = "application/vnd.apache.arrow.stream"
ARROW_FILE = "application/vnd.apache.arrow.file"
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "One row, a list of rows, or a table with a header.",
        "content": {
            "application/json": {"schema": {}, "example": _JSON},
            "text/csv": {"schema": {"type": "string"}, "example": _CSV},
            ARROW: {"schema": {"type": "string", "format": "binary"}},
            ARROW_FILE: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/PredictionAnswer"}},
            "text/csv": {"schema": {"type": "string"}},
            ARROW: {"schema": {"type": "string", "format": "binary"}},
        }
    }
}
