"""Recipes of the demo plant: rows with events, and a label that can be learned."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from ops.classify.build.report import Built
from ops.classify.recipe import DatasetRecipe
from ops.db.engine import Database, open_database
from ops.db.load_recipe import built
from ops.errors import BadData
from ops.simulate.dataset_recipes import capillary_due, loop_beyond
from ops.simulate.plant import PlantSite
from ops.simulate.sizes import DRESDEN, PENANG
from ops.work.demo import load_demo
from tests.conftest import migrated
from tests.ops.work.demo_plant import NOW, Remembering


def _built(database: Database, document: dict[str, Any], site: PlantSite) -> Built:
    recipe = DatasetRecipe.model_validate(document)
    return built(database, recipe, as_of=NOW, site=site.code)


def test_rows_of_the_demo_plant_have_events(tiny_plant: Database) -> None:
    for make, labels in ((loop_beyond, ("astray", "within")), (capillary_due, ("changed", "kept"))):
        made = _built(tiny_plant, make(PENANG), PENANG)
        assert tuple(made.report.labels) == labels
        assert made.report.labels[labels[0]] >= 10
        assert made.report.rows == sum(made.report.labels.values()) + sum(
            made.report.unknown.values()
        )
        assert any("is assumed: 15 min" in caution for caution in made.document.cautions)


def test_a_plant_that_was_loaded_at_once_has_no_rows_of_its_own_arrival(
    tiny_plant: Database,
) -> None:
    with pytest.raises(BadData, match="let `arrival` assume a delay") as refused:
        _built(tiny_plant, {**loop_beyond(PENANG), "arrival": {}}, PENANG)
    assert refused.value.problems[0].pointer == "/rows/wait_hours"


def _auc(made: Built, positive: str) -> float:
    """Area under the curve of the last 30 % of the time, learned from labels known before."""
    table, document = made.table, made.document
    features = [c.name for c in document.of_role("feature") if c.type == "number"]
    x = np.stack([table.numbers[name] for name in features], axis=1)
    label = table.categories[document.one("label") or ""]
    y = label.codes == label.levels.index(positive)
    moment, known = table.times["moment"], table.times["label known"]
    cut = np.quantile(moment, 0.7)
    told = label.codes >= 0
    past, later = told & (known <= cut), told & (moment > cut)
    model = HistGradientBoostingClassifier(max_iter=60, learning_rate=0.05, random_state=0)
    model.fit(x[past], y[past])
    return float(roc_auc_score(y[later], model.predict_proba(x[later])[:, 1]))


@pytest.mark.long
def test_the_labels_of_four_weeks_can_be_learned(tmp_path: Path) -> None:
    database = open_database(migrated(f"sqlite:///{tmp_path / 'small.db'}"))
    load_demo(database, Remembering(), size="small", now=NOW)
    loop = _built(database, loop_beyond(PENANG), PENANG)
    assert loop.report.labels["astray"] > 200
    assert _auc(loop, "astray") > 0.75
    for site in (PENANG, DRESDEN):
        assert _auc(_built(database, capillary_due(site), site), "changed") > 0.8
    database.engine.dispose()
