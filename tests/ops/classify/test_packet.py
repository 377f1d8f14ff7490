"""Models as files: they come back as they were, and nothing else comes back."""

import hashlib
import io
import pickle
import zipfile
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import skops.io
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import FunctionTransformer

from ops.classify import packet_file
from ops.classify.classifier import Classifier
from ops.classify.estimator_file import dumped, loaded
from ops.classify.models.settings import (
    BoostingSettings,
    DecisionTreeSettings,
    EbmSettings,
    ExtraTreesSettings,
    LightgbmSettings,
    LogisticSettings,
    MlpSettings,
    ModelSettings,
    RandomForestSettings,
    XgboostSettings,
)
from ops.classify.packet import opened, packed
from ops.classify.packet_file import ESTIMATOR, FACTS
from ops.errors import BadData
from tests.ops.classify.served import ROW, classifier, table

SETTINGS: tuple[ModelSettings, ...] = (
    LogisticSettings(),
    DecisionTreeSettings(),
    RandomForestSettings(trees=5),
    ExtraTreesSettings(trees=5),
    BoostingSettings(rounds=5),
    MlpSettings(layers=(4,), epochs=20),
    LightgbmSettings(rounds=5),
    XgboostSettings(rounds=5),
    EbmSettings(rounds=10, bags=1),
)
FAST = {"logistic", "decision-tree", "random-forest", "extra-trees", "gradient-boosting", "mlp"}


def hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="module")
def data() -> bytes:
    return packed(classifier())


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """The file with other parts, its hash is as the registry would have it."""
    names = {"facts": FACTS, "estimator": ESTIMATOR, "fast": packet_file.FAST}
    whole = packet_file.read(data, hashed(data))
    return packet_file.written(whole | {names.get(k, k): v for k, v in parts.items()})


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda s: s.kind)
def test_each_kind_of_model_comes_back_with_the_same_answers(settings: ModelSettings) -> None:
    modules = {"lightgbm": "lightgbm", "xgboost": "xgboost", "ebm": "interpret"}
    if settings.kind in modules:
        pytest.importorskip(modules[settings.kind])
    made = classifier(settings)
    again = opened(data := packed(made), hashed(data))
    rows = table(40, seed=2)
    truth, found = replace(made, scorer=None).predict(rows), again.predict(rows)
    assert found.probability == pytest.approx(truth.probability, abs=1e-6)
    assert found.decided.tolist() == truth.decided.tolist()
    assert found.possible.tolist() == truth.possible.tolist()
    assert again.model.probability(made.features.matrix(rows)) == pytest.approx(
        made.model.probability(made.features.matrix(rows)), abs=1e-9
    )
    if settings.kind in FAST:
        assert again.scorer is not None, again.path
    assert again.one(ROW).probability == pytest.approx(made.one(ROW).probability, abs=1e-9)


def test_an_opened_classifier_is_packed_again_alike(data: bytes) -> None:
    assert hashed(packed(opened(data, hashed(data)))) == hashed(data)


def test_one_row_alone_is_answered_as_in_a_table(data: bytes) -> None:
    found = opened(data, hashed(data))
    rows = table(30, seed=3)
    whole = found.predict(rows)
    for i in range(30):
        torque = float(rows.numbers["torque"][i])
        factor = rows.categories["type"]
        row = {
            "torque": None if np.isnan(torque) else torque,
            "speed": float(rows.numbers["speed"][i]),
            "type": factor.levels[factor.codes[i]],
        }
        answer = found.one(row)
        assert answer.probability == pytest.approx(whole.probability[i], abs=1e-12)
        assert answer.decided == whole.decided[i]


def test_another_hash_is_refused_before_anything_is_read(data: bytes) -> None:
    with pytest.raises(BadData, match="the registry says"):
        opened(data, "0" * 64)
    for place in (10, len(data) // 2, len(data) - 5):
        other = bytearray(data)
        other[place] ^= 1
        with pytest.raises(BadData, match="the registry says"):
            opened(bytes(other), hashed(data))


class Evil:
    """Says what to call when it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (exec, ("raise SystemExit('it was run')",))


def test_a_pickle_is_never_opened(data: bytes) -> None:
    for body in (pickle.dumps(Evil()), pickle.dumps(LogisticRegression())):
        with pytest.raises(BadData, match="no packet"):
            opened(body, hashed(body))
        other = with_parts(data, estimator=body)
        with pytest.raises(BadData, match="no file that skops wrote"):
            opened(other, hashed(other))


@pytest.mark.parametrize(
    "stranger", [FunctionTransformer(func=eval), {"hook": print}, np.add, [Evil]]
)
def test_types_that_no_model_of_ours_has_are_refused_by_name(data: bytes, stranger: object) -> None:
    body = skops.io.dumps(stranger)
    other = with_parts(data, estimator=body)
    with pytest.raises(BadData, match="none of ours is made of"):
        opened(other, hashed(other))
    with pytest.raises(BadData, match="none of ours"):
        loaded(body)
    with pytest.raises(BadData, match="none of ours"):
        dumped(stranger)


def test_packed_and_strange_parts_are_refused(data: bytes) -> None:
    other = with_parts(data, evil=b"x")
    with pytest.raises(BadData, match="evil"):
        opened(other, hashed(other))
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(FACTS, b" " * 10_000_000)
    bomb = sink.getvalue()
    with pytest.raises(BadData, match="compressed"):
        opened(bomb, hashed(bomb))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("schema.json", b" " * 10_000_000)
    other = with_parts(data, estimator=inner.getvalue())
    with pytest.raises(BadData, match="compressed"):
        opened(other, hashed(other))


def test_arrays_of_objects_are_refused(data: bytes) -> None:
    sink = io.BytesIO()
    np.savez(sink, weight=np.array([Evil()], dtype=object), offset=np.zeros(1))
    other = with_parts(data, fast=sink.getvalue())
    with pytest.raises(BadData, match="cannot be read"):
        opened(other, hashed(other))


def test_a_fast_path_that_reads_beyond_the_row_is_refused(data: bytes) -> None:
    arrays = {"weight": np.zeros((1, 99)), "offset": np.zeros(1)}
    other = with_parts(data, fast=packet_file.of_arrays(arrays))
    with pytest.raises(BadData, match="99 features"):
        opened(other, hashed(other))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'"format": 1', b'"format": 2', "format"),
        (b'"task": "classify"', b'"task": "oracle"', "oracle"),
        (b'"classes": ["fail", "pass"]', b'"classes": 7', "lack|read"),
        (b'"scikit-learn": "1.', b'"scikit-learn": "0.', "train it again"),
        (b'{"format"', b"{format", "not what ours are"),
    ],
)
def test_facts_of_another_kind_are_refused(data: bytes, old: bytes, new: bytes, told: str) -> None:
    facts = packet_file.read(data, hashed(data))[FACTS]
    assert old in facts
    other = with_parts(data, facts=facts.replace(old, new))
    with pytest.raises(BadData, match=told):
        opened(other, hashed(other))


def test_another_minor_version_of_a_library_is_told(data: bytes) -> None:
    facts = packet_file.read(data, hashed(data))[FACTS]
    version = skops_of(facts)
    other = with_parts(data, facts=facts.replace(version, b'"scikit-learn": "1.999.'))
    assert any("1.999" in note for note in opened(other, hashed(other)).notes)


def skops_of(facts: bytes) -> bytes:
    start = facts.index(b'"scikit-learn"')
    first = facts.index(b".", start)
    return facts[start : facts.index(b".", first + 1) + 1]


def test_a_strangers_model_is_not_packed() -> None:
    class Stranger:
        kind = "onnx"
        classes = ("fail", "pass")

    made: Classifier = replace(classifier(), model=Stranger())  # type: ignore[arg-type]  # enough
    with pytest.raises(BadData, match="as it was sent"):
        packed(made)
