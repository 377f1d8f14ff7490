"""Settings of each kind of model, as data: what a run, a form or a search may choose."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

ClassWeights = Literal["off", "balanced"]
_Trees = Annotated[int, Field(ge=1, le=5000)]
_Leaf = Annotated[int, Field(ge=1, le=100_000)]
_Depth = Annotated[int | None, Field(ge=1, le=64)]
_Rate = Annotated[float, Field(gt=0, le=1)]
_Strength = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
_Share = Annotated[float, Field(gt=0, le=1)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _ClassSettings(_Settings):
    class_weights: ClassWeights = Field(
        default="off",
        description="balanced: rows weigh as if every class were as frequent as the others. It "
        "moves the probabilities away from the true rates, so it is off; choose the threshold by "
        "costs instead.",
    )


class LogisticSettings(_ClassSettings):
    """Binary or multinomial logistic regression."""

    kind: Literal["logistic"] = Field(default="logistic", description="Kind of model.")
    penalty: Literal["none", "l1", "l2", "elastic-net"] = Field(
        default="l2",
        description="What is added to the loss: nothing, the sum of absolute coefficients (l1), "
        "half their squares (l2), or both.",
    )
    strength: Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False)] = Field(
        default=1.0,
        description="Weight of the penalty against the sum of log-losses: 1 / C of scikit-learn.",
    )
    l1_ratio: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.5, description="Share of the absolute values in an elastic-net penalty."
    )
    if_separated: Literal["refuse", "penalise"] = Field(
        default="penalise",
        description="What an unpenalised fit does where a combination of columns separates the "
        "classes, so that no finite estimate exists: refuse and name the columns, or fit with an "
        "l2 penalty of this strength and say so.",
    )


class RidgeLinkSettings(_ClassSettings):
    """Least squares on the classes with an l2 penalty, and a logistic link on its scores.

    For many more features than rows, such as those of MiniRocket.
    """

    kind: Literal["ridge-link"] = Field(default="ridge-link", description="Kind of model.")
    strength: Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False)] | None = Field(
        default=None,
        description="Weight of the squared coefficients; null: by exact leave-one-out errors.",
    )


class DecisionTreeSettings(_ClassSettings):
    """One classification tree."""

    kind: Literal["decision-tree"] = Field(default="decision-tree", description="Kind of model.")
    max_depth: _Depth = Field(default=6, description="Most splits above a leaf; null: no limit.")
    min_samples_leaf: _Leaf = Field(default=20, description="Fewest rows of a leaf.")
    pruning: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.0, description="Cost of one more leaf in Gini impurity (cost-complexity alpha)."
    )


class _ForestSettings(_ClassSettings):
    trees: _Trees = Field(default=300, description="Number of trees.")
    max_depth: _Depth = Field(default=None, description="Most splits above a leaf; null: no limit.")
    min_samples_leaf: _Leaf = Field(default=2, description="Fewest rows of a leaf.")
    features_per_split: Literal["sqrt", "log2"] | _Share = Field(
        default="sqrt", description="Features that each split looks at: sqrt, log2 or a share."
    )


class RandomForestSettings(_ForestSettings):
    """Trees on resampled rows, averaged."""

    kind: Literal["random-forest"] = Field(default="random-forest", description="Kind of model.")


class ExtraTreesSettings(_ForestSettings):
    """Trees with random cut points on all rows, averaged."""

    kind: Literal["extra-trees"] = Field(default="extra-trees", description="Kind of model.")


class _Boosting(_Settings):
    rounds: _Trees = Field(default=200, description="Most rounds of boosting.")
    learning_rate: _Rate = Field(default=0.1, description="Share of each tree that is added.")
    max_leaves: Annotated[int, Field(ge=2, le=1024)] = Field(
        default=31, description="Most leaves of one tree."
    )
    min_samples_leaf: _Leaf = Field(default=20, description="Fewest rows of a leaf.")
    l2: _Strength = Field(default=0.0, description="Square penalty on the values of leaves.")


class BoostingSettings(_Boosting, _ClassSettings):
    """Histogram gradient boosting of scikit-learn."""

    kind: Literal["gradient-boosting"] = Field(
        default="gradient-boosting", description="Kind of model."
    )
    early_stopping: bool = Field(
        default=False,
        description="Hold a random tenth of the rows back and stop when its loss falls no more; "
        "it looks across time and groups, so it is off.",
    )


class MlpSettings(_ClassSettings):
    """Feed-forward network on standardised features."""

    kind: Literal["mlp"] = Field(default="mlp", description="Kind of model.")
    layers: tuple[Annotated[int, Field(ge=1, le=2048)], ...] = Field(
        default=(32,), min_length=1, max_length=4, description="Units of each hidden layer."
    )
    l2: _Strength = Field(default=1e-3, description="Square penalty on the weights.")
    learning_rate: Annotated[float, Field(gt=0, le=0.1)] = Field(
        default=1e-3, description="First step of Adam."
    )
    epochs: Annotated[int, Field(ge=1, le=2000)] = Field(
        default=200, description="Most passes over the rows."
    )
    early_stopping: bool = Field(
        default=True,
        description="Hold a tenth of each class back and stop when its log-loss falls no more; "
        "left out, with a note, where a class has fewer than 20 rows.",
    )


class LightgbmSettings(_Boosting, _ClassSettings):
    """LightGBM, of the extra [boost]."""

    kind: Literal["lightgbm"] = Field(default="lightgbm", description="Kind of model.")
    rows_share: _Share = Field(default=1.0, description="Share of the rows that each tree sees.")
    columns_share: _Share = Field(
        default=1.0, description="Share of the features that each tree sees."
    )


class XgboostSettings(_Boosting, _ClassSettings):
    """XGBoost, of the extra [boost]; its least weight of a leaf is `min_samples_leaf` / 20."""

    kind: Literal["xgboost"] = Field(default="xgboost", description="Kind of model.")
    l2: _Strength = Field(default=1.0, description="Square penalty on the values of leaves.")
    rows_share: _Share = Field(default=1.0, description="Share of the rows that each tree sees.")
    columns_share: _Share = Field(
        default=1.0, description="Share of the features that each tree sees."
    )


class EbmSettings(_ClassSettings):
    """Explainable boosting machine: one curve per feature and a few pairs; extra [boost]."""

    kind: Literal["ebm"] = Field(default="ebm", description="Kind of model.")
    interactions: Annotated[int, Field(ge=0, le=100)] = Field(
        default=0, description="Most pairs of features that act together; 0 beyond two classes."
    )
    rounds: _Trees = Field(default=1000, description="Most rounds of boosting.")
    learning_rate: _Rate = Field(default=0.015, description="Share of each tree that is added.")
    bags: Annotated[int, Field(ge=1, le=64)] = Field(
        default=4, description="Fits on parts of the rows that are averaged."
    )


class RidgeSettings(_Settings):
    """Least squares with an l2 penalty."""

    kind: Literal["ridge"] = Field(default="ridge", description="Kind of model.")
    strength: _Strength = Field(
        default=1.0, description="Weight of the squared coefficients; 0: least squares."
    )


class ElasticNetSettings(_Settings):
    """Least squares with an l1 and an l2 penalty."""

    kind: Literal["elastic-net"] = Field(default="elastic-net", description="Kind of model.")
    strength: Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False)] = Field(
        default=0.01,
        description="Weight of the penalty against half the mean squared error of the label "
        "divided by its standard deviation.",
    )
    l1_ratio: Annotated[float, Field(ge=0.01, le=1)] = Field(
        default=0.5, description="Share of the absolute values in the penalty."
    )


class NumberBoostingSettings(_Boosting):
    """Histogram gradient boosting of a number, squared error."""

    kind: Literal["gradient-boosting"] = Field(
        default="gradient-boosting", description="Kind of model."
    )


class QuantileBoostingSettings(_Boosting):
    """Histogram gradient boosting of several quantiles of a number."""

    kind: Literal["quantile-boosting"] = Field(
        default="quantile-boosting", description="Kind of model."
    )
    levels: tuple[Annotated[float, Field(gt=0, lt=1)], ...] = Field(
        default=(0.05, 0.5, 0.95),
        min_length=1,
        max_length=9,
        description="Probabilities of the quantiles, rising; the middle one is the prediction.",
    )

    @model_validator(mode="after")
    def _rising(self) -> "QuantileBoostingSettings":
        if any(a >= b for a, b in zip(self.levels, self.levels[1:], strict=False)):
            raise ValueError(f"levels must rise, got {self.levels}")
        return self


ModelSettings = Annotated[
    LogisticSettings
    | RidgeLinkSettings
    | DecisionTreeSettings
    | RandomForestSettings
    | ExtraTreesSettings
    | BoostingSettings
    | MlpSettings
    | LightgbmSettings
    | XgboostSettings
    | EbmSettings,
    Field(discriminator="kind"),
]
NumberSettings = Annotated[
    RidgeSettings | ElasticNetSettings | NumberBoostingSettings | QuantileBoostingSettings,
    Field(discriminator="kind"),
]
