"""ONNX files: those of scikit-learn answer as it does, those of strangers are looked at first."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

from ops.classify.external.onnx_file import checked
from ops.classify.external.onnx_model import OnnxModel
from ops.errors import BadData
from tests.ops.classify.external.strangers import (
    WEIGHT,
    custom,
    file,
    not_probabilities,
    plain,
    truth,
)

LARGEST = 10_000_000
AB = ("a", "b")


def opened(data: bytes, features: int = 2, classes: tuple[str, ...] = AB) -> OnnxModel:
    return OnnxModel(data, features, classes, largest=LARGEST)


def test_a_sound_file_answers() -> None:
    x = np.random.default_rng(1).normal(size=(20, 2))
    assert opened(plain()).probability(x) == pytest.approx(truth(x), abs=1e-6)


@pytest.mark.parametrize("zipmap", [True, False])
@pytest.mark.parametrize("forest", [True, False])
def test_models_of_scikit_learn_answer_as_they_do(zipmap: bool, forest: bool) -> None:
    skl2onnx = pytest.importorskip("skl2onnx")
    rng = np.random.default_rng(1)
    x = rng.normal(size=(90, 3)).astype(np.float32)
    y = np.array(["a", "b", "c"])[rng.integers(0, 3, 90)]
    model = (
        RandomForestClassifier(4, max_depth=3, random_state=1) if forest else LogisticRegression()
    )
    model.fit(x, y)
    options = {id(model): {"zipmap": zipmap}}
    data = skl2onnx.to_onnx(model, x[:1], options=options, target_opset={"": 17, "ai.onnx.ml": 3})
    found = opened(data.SerializeToString(), 3, ("a", "b", "c"))
    assert found.shape.mapped is zipmap
    rows = x.astype(np.float64)
    assert found.probability(rows) == pytest.approx(model.predict_proba(x), abs=1e-5)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"nothing", "no ONNX"),
        (b"", "no sound ONNX|custom|inputs"),
        (custom(), "evil.example"),
        (custom("com.microsoft"), "com.microsoft"),
        (plain(out=3), "2 columns"),
        (plain(kind=TensorProto.INT64), "no matrix of float|no sound"),
        (file([helper.make_node("MatMul", ["x", "no"], ["p"])], {}), "no sound ONNX"),
    ],
)
def test_what_may_not_be_run_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(BadData, match=words):
        opened(data)


def test_a_custom_operator_within_a_branch_is_found() -> None:
    inner = helper.make_graph(
        [helper.make_node("Steal", ["x"], ["q"], domain="evil.example")],
        "inner",
        [],
        [helper.make_tensor_value_info("q", TensorProto.FLOAT, ["n", 2])],
    )
    node = helper.make_node("If", ["c"], ["p"], then_branch=inner, else_branch=inner)
    with pytest.raises(BadData, match=r"evil.example"):
        opened(file([node], {"c": np.array(True)}))


def test_data_outside_of_the_file_is_refused() -> None:
    model = onnx.load_model_from_string(plain())
    tensor = model.graph.initializer[0]
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "/etc/passwd"
    with pytest.raises(BadData, match="outside of the file"):
        opened(model.SerializeToString())


def test_functions_of_its_own_are_refused() -> None:
    model = onnx.load_model_from_string(plain())
    made = helper.make_function(
        "", "Twice", ["a"], ["b"], [helper.make_node("Add", ["a", "a"], ["b"])],
        [helper.make_opsetid("", 17)],
    )  # fmt: skip
    model.functions.append(made)
    with pytest.raises(BadData, match="functions of its own"):
        opened(model.SerializeToString())


def test_a_file_too_large_or_of_other_columns_is_refused() -> None:
    with pytest.raises(BadData, match="bytes"):
        checked(plain(), features=2, classes=2, largest=10)
    with pytest.raises(BadData, match=r"\(n, 5\)"):
        opened(plain(), features=5)


def test_answers_that_are_no_probabilities_are_refused() -> None:
    with pytest.raises(BadData, match="no probabilities"):
        opened(not_probabilities()).probability(np.ones((3, WEIGHT.shape[0])))
