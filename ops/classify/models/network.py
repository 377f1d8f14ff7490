"""Feed-forward network of scikit-learn, stopped by the log-loss of rows held back.

Its own early stopping watches the accuracy, which says nothing where one class is rare.
"""

from typing import Any

import numpy as np

from ops.classify.models.settings import MlpSettings
from ops.classify.models.training import Training
from ops.values import FloatArray, IntArray

_FEWEST_TO_STOP = 20  # rows of each class, so that two of them are held back
_HELD_BACK = 0.1
_PATIENCE = 10  # epochs without a better log-loss
_TINY = 1e-15


def fit_mlp(rows: Training, settings: MlpSettings) -> tuple[Any, tuple[str, ...]]:
    """Network with Adam; inputs are standardised once more, for 0/1 features are not."""
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415  (half a second)
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415  (half a second)
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415  (half a second)

    scaler = StandardScaler()
    x = scaler.fit_transform(rows.x)
    network: Any = MLPClassifier(
        hidden_layer_sizes=settings.layers,
        alpha=settings.l2,
        learning_rate_init=settings.learning_rate,
        max_iter=settings.epochs,
        random_state=rows.seed,
    )
    enough = int(np.bincount(rows.y).min()) >= _FEWEST_TO_STOP
    if settings.early_stopping and enough:
        stopped = _stopped(network, x, rows, settings.epochs)
    else:
        network.fit(x, rows.y, sample_weight=rows.weights)
        stopped = network.n_iter_ < settings.epochs
    return make_pipeline(scaler, network), _notes(settings, stopped=stopped, enough=enough)


def _stopped(network: Any, x: FloatArray, rows: Training, epochs: int) -> bool:
    """Fit epoch by epoch, keep the weights of the best one; whether it ended before the last."""
    held = _held_back(rows.y, rows.seed)
    weights = rows.weight()
    best, since = np.inf, 0
    kept: tuple[list[FloatArray], list[FloatArray]] = ([], [])
    for _ in range(epochs):
        network.partial_fit(
            x[~held], rows.y[~held], classes=np.arange(rows.n_classes), sample_weight=weights[~held]
        )
        seen = network.predict_proba(x[held])[np.arange(int(held.sum())), rows.y[held]]
        loss = -float(np.average(np.log(np.maximum(seen, _TINY)), weights=weights[held]))
        since += 1
        if loss < best:
            best, since = loss, 0
            kept = [w.copy() for w in network.coefs_], [b.copy() for b in network.intercepts_]
        if since >= _PATIENCE:
            break
    network.coefs_, network.intercepts_ = kept
    return since >= _PATIENCE


def _held_back(y: IntArray, seed: int) -> Any:
    """Mask of a tenth of each class, drawn by the seed."""
    rng = np.random.default_rng(seed)
    held = np.zeros(len(y), dtype=np.bool_)
    for own in range(int(y.max()) + 1):
        of_class = np.flatnonzero(y == own)
        held[rng.choice(of_class, round(_HELD_BACK * len(of_class)), replace=False)] = True
    return held


def _notes(settings: MlpSettings, *, stopped: bool, enough: bool) -> tuple[str, ...]:
    notes: list[str] = []
    if settings.early_stopping and not enough:
        notes.append(
            f"no early stopping: a class has fewer than {_FEWEST_TO_STOP} rows to hold back from"
        )
    if not stopped:
        notes.append(f"the network still improved after {settings.epochs} epochs")
    return tuple(notes)
