"""Parameters of a training on traces."""

from typing import Literal

from pydantic import Field

from ops.analyses.classifier_train_params import TrainingParams
from ops.classify.models.settings import ModelSettings
from ops.classify.traces.spec import TraceSpec

TraceModelKind = Literal[
    "ridge-link", "logistic", "decision-tree", "random-forest", "extra-trees", "gradient-boosting",
    "mlp", "lightgbm", "xgboost", "ebm",
]  # fmt: skip


class TraceTrainParams(TrainingParams):
    """Parameters of a training on traces."""

    features: TraceSpec = Field(
        default_factory=TraceSpec,
        title="Features",
        description="How features are made of the traces.",
    )
    kinds: tuple[TraceModelKind, ...] = Field(
        default=(),
        max_length=10,
        description="Kinds of models to try, the preferred one first; empty: ridge-link for"
        " MiniRocket, else logistic and gradient-boosting.",
    )
    settings: tuple[ModelSettings, ...] = Field(
        default=(), max_length=20, description="Exact settings to try, before the kinds."
    )
    stretches: int = Field(
        default=12, ge=2, le=60, description="Stretches whose weight is measured by occlusion."
    )
