"""Versions opened by runs: ours and ONNX files alike, never an address."""

import hashlib
from typing import Any

import numpy as np
import pytest

from ops.classify.classifier import Classifier
from ops.classify.external.external_facts import external_facts
from ops.classify.opened_model import opened_model
from ops.classify.packet import packed
from ops.classify.spec import FeatureSpec, NumberFeature
from ops.errors import BadData
from tests.ops.classify.external.strangers import plain, truth
from tests.ops.classify.served import CLASSES, DOCUMENT, classifier, table


def facts() -> dict[str, Any]:
    columns = ("torque", "speed")
    features = tuple(NumberFeature(column=c, scale="none", flag_missing=False) for c in columns)
    spec = FeatureSpec(features=features)
    return external_facts(table(), spec, DOCUMENT, kind="onnx", classes=CLASSES)


def hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_ours_and_onnx_files_answer() -> None:
    data = packed(classifier())
    assert isinstance(opened_model("own", data, hashed(data), {}), Classifier)
    found = opened_model("onnx", plain(), hashed(plain()), {"facts": facts()})
    assert isinstance(found, Classifier)
    x = np.array([[1.0, -2.0], [0.5, 0.25]])
    assert found.of_features(x).probability == pytest.approx(truth(x), abs=1e-6)


@pytest.mark.parametrize(
    ("origin", "sha256", "spec", "words"),
    [
        ("onnx", "0" * 64, {"facts": {}}, "the registry says"),
        ("onnx", hashed(plain()), {}, "cannot be read"),
        ("endpoint", "", {}, "behind an address"),
    ],
)
def test_what_cannot_be_opened_is_told(origin: Any, sha256: str, spec: Any, words: str) -> None:
    with pytest.raises(BadData, match=words):
        opened_model(origin, plain(), sha256, spec)
