"""Boosters of the extra [boost]: LightGBM, XGBoost, explainable boosting machine."""

from importlib import import_module
from typing import Any

from ops.classify.models.settings import EbmSettings, LightgbmSettings, XgboostSettings
from ops.classify.models.training import Training
from ops.errors import NotReady


def fit_lightgbm(rows: Training, settings: LightgbmSettings) -> tuple[Any, tuple[str, ...]]:
    """LightGBM, deterministic."""
    model = _library("lightgbm").LGBMClassifier(
        n_estimators=settings.rounds,
        learning_rate=settings.learning_rate,
        num_leaves=settings.max_leaves,
        min_child_samples=settings.min_samples_leaf,
        reg_lambda=settings.l2,
        subsample=settings.rows_share,
        subsample_freq=int(settings.rows_share < 1.0),
        colsample_bytree=settings.columns_share,
        random_state=rows.seed,
        deterministic=True,
        force_row_wise=True,
        n_jobs=1,
        verbose=-1,
    )
    return model.fit(rows.x, rows.y, sample_weight=rows.weights), ()


def fit_xgboost(rows: Training, settings: XgboostSettings) -> tuple[Any, tuple[str, ...]]:
    """XGBoost on histograms, trees grown leaf by leaf like those of the others."""
    model = _library("xgboost").XGBClassifier(
        n_estimators=settings.rounds,
        learning_rate=settings.learning_rate,
        max_leaves=settings.max_leaves,
        max_depth=0,
        grow_policy="lossguide",
        min_child_weight=settings.min_samples_leaf / 20.0,
        reg_lambda=settings.l2,
        subsample=settings.rows_share,
        colsample_bytree=settings.columns_share,
        tree_method="hist",
        random_state=rows.seed,
        n_jobs=1,
        verbosity=0,
    )
    return model.fit(rows.x, rows.y, sample_weight=rows.weights), ()


def fit_ebm(rows: Training, settings: EbmSettings) -> tuple[Any, tuple[str, ...]]:
    """Explainable boosting machine; pairs only for two classes, as its library has it."""
    pairs = settings.interactions if rows.n_classes == 2 else 0
    model = _library("interpret.glassbox").ExplainableBoostingClassifier(
        interactions=pairs,
        max_rounds=settings.rounds,
        learning_rate=settings.learning_rate,
        outer_bags=settings.bags,
        random_state=rows.seed,
        n_jobs=1,
    )
    notes = () if pairs == settings.interactions else ("pairs of features need two classes: none",)
    return model.fit(rows.x, rows.y, sample_weight=rows.weights), notes


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise NotReady(
            f'{name.split(".", maxsplit=1)[0]} is not installed: pip install "longrun-ops[boost]"'
        ) from error
