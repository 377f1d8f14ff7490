"""ONNX files made by hand: good ones, and ones that want too much."""

from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from ops.values import FloatArray


def file(nodes: list[Any], constants: dict[str, Any], **changes: Any) -> bytes:
    """A model of some nodes from `x` (n, 2) to `p` (n, 2)."""
    domains = changes.get("domains", ("",))
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("x", changes.get("kind", TensorProto.FLOAT), ["n", 2])],
        [helper.make_tensor_value_info("p", TensorProto.FLOAT, ["n", changes.get("out", 2)])],
        [numpy_helper.from_array(np.asarray(v), name) for name, v in constants.items()],
    )
    versions = {"": 17, "ai.onnx.ml": 3}
    opsets = [helper.make_opsetid(d, versions.get(d, 1)) for d in domains]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


WEIGHT = np.array([[0.5, -0.5], [1.0, -1.0]], dtype=np.float32)


def plain(**changes: Any) -> bytes:
    """Softmax of a product."""
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["s"]),
        helper.make_node("Softmax", ["s"], ["p"], axis=1),
    ]
    return file(nodes, {"w": WEIGHT}, **changes)


def truth(x: FloatArray) -> FloatArray:
    """What `plain` answers."""
    raised = np.exp(x @ WEIGHT.astype(float))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def not_probabilities() -> bytes:
    """Scores instead of probabilities."""
    return file([helper.make_node("MatMul", ["x", "w"], ["p"])], {"w": WEIGHT})


def custom(domain: str = "evil.example") -> bytes:
    """An operator that no runtime brings with it."""
    node = helper.make_node("Steal", ["x"], ["p"], domain=domain)
    return file([node], {}, domains=("", domain))


def greedy() -> bytes:
    """Asks for 16 GB."""
    nodes = [
        helper.make_node("ConstantOfShape", ["huge"], ["room"]),
        helper.make_node("ReduceMean", ["room"], ["mean"], keepdims=0),
        helper.make_node("MatMul", ["x", "w"], ["s"]),
        helper.make_node("Add", ["s", "mean"], ["t"]),
        helper.make_node("Mul", ["room", "one"], ["more"]),
        helper.make_node("ReduceMean", ["more"], ["again"], keepdims=0),
        helper.make_node("Add", ["t", "again"], ["u"]),
        helper.make_node("Softmax", ["u"], ["p"], axis=1),
    ]
    shape = np.array([4_000_000_000], dtype=np.int64)
    one = np.array(1.0, dtype=np.float32)
    return file(nodes, {"huge": shape, "w": WEIGHT, "one": one})


def endless() -> bytes:
    """Goes round for years."""
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["c"], ["c2"]),
            helper.make_node("Add", ["v", "v"], ["v2"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("c", TensorProto.BOOL, []),
            helper.make_tensor_value_info("v", TensorProto.FLOAT, ["n", 2]),
        ],
        [
            helper.make_tensor_value_info("c2", TensorProto.BOOL, []),
            helper.make_tensor_value_info("v2", TensorProto.FLOAT, ["n", 2]),
        ],
    )
    nodes = [
        helper.make_node("Loop", ["trips", "go", "x"], ["y"], body=body),
        helper.make_node("Softmax", ["y"], ["p"], axis=1),
    ]
    return file(nodes, {"trips": np.array(2**62, dtype=np.int64), "go": np.array(True)})
