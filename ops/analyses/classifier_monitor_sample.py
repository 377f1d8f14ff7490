"""A small seeded example: a served classifier, a signal that drifts, labels that come late."""

from dataclasses import replace
from functools import cache

import numpy as np

from ops.analyses.classifier_evaluate_sample import sample_versions
from ops.classifier_query import ClassifierData
from ops.classify.document import DatasetColumn
from ops.classify.table import NO_TIME, DataTable
from ops.values import Factor

_DELAYS = (120.0, 30.0)  # mean seconds until a defect, a good bond, is known as such


@cache
def sample_watch() -> ClassifierData:
    """Bonds whose ultrasonic current has moved, of which the newest have no label yet."""
    data = sample_versions()
    table, document = data.table, data.document
    times = table.times["bonded_at"]
    label = table.categories["label"]
    rng = np.random.default_rng(3)
    mean = np.where(label.codes == label.levels.index("defect"), *_DELAYS)
    known = times + (rng.exponential(mean) * 1e6).astype(np.int64)
    late = known > times[-1]
    codes = np.where(late, -1, label.codes)
    columns = (
        *document.columns,
        DatasetColumn(name="inspected_at", type="time", role="known_time"),
    )
    champion, *others = data.models
    promised = {
        "average_precision": {"value": 0.515, "lower": 0.332, "upper": 0.698},
        "headline": "average_precision",
        "better": "high",
    }
    return replace(
        data,
        table=DataTable(
            table.numbers,
            {**table.categories, "label": Factor(codes, label.levels)},
            {**table.times, "inspected_at": np.where(late, NO_TIME, known)},
            table.traces,
            table.units,
        ),
        document=document.model_copy(update={"columns": columns}),
        models=(replace(champion, metrics=promised), *others),
    )
