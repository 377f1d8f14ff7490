"""An ONNX file of somebody else's: what it may hold, and where its probabilities come out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ops.errors import BadData, Problem

DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml"})
_FLOAT, _DOUBLE = 1, 11  # onnx.TensorProto.DataType


@dataclass(frozen=True, slots=True)
class OnnxShape:
    """How a file is asked.

    Parameters
    ----------
    input, output
        Names of the matrix of features, and of the probabilities.
    double
        Whether the matrix is of float64; else of float32.
    mapped
        Whether the probabilities come as a map from class to number for each row (ZipMap).
    """

    input: str
    output: str
    double: bool
    mapped: bool


def checked(data: bytes, *, features: int, classes: int, largest: int) -> OnnxShape:
    """Shape of a file that may be run.

    Parameters
    ----------
    features, classes
        Columns of the matrix in, and of the probabilities out.
    largest
        Most bytes.

    Raises
    ------
    BadData
        If it is too large, no sound ONNX, has custom operators, functions of its own or data
        outside of the file, or does not take one float matrix and give probabilities.
    """
    from onnx import checker, load_model_from_string  # noqa: PLC0415  (loads slowly)

    if len(data) > largest:
        _refuse(f"the file has {len(data)} bytes, allowed are {largest}")
    try:
        model = load_model_from_string(data)
    except Exception as error:  # protobuf's own, which has no types
        raise BadData("the file is no ONNX") from error
    _refuse_strange(model)
    try:
        checker.check_model(model)
    except (checker.ValidationError, ValueError) as error:
        raise BadData(f"the file is no sound ONNX: {str(error).splitlines()[0]}") from error
    return _shape(model.graph, features, classes)


def _refuse_strange(model: Any) -> None:
    domains = {o.domain for o in model.opset_import}
    domains |= {node.domain for graph in _graphs(model.graph) for node in graph.node}
    strange = sorted(domains - DOMAINS)
    if strange:
        _refuse(f"it has custom operators, of the domains {', '.join(strange)}")
    if model.functions:
        _refuse(f"it has functions of its own: {model.functions[0].name}")
    for tensor in _tensors(model.graph):
        if tensor.data_location == tensor.EXTERNAL or tensor.external_data:
            _refuse(f"the data of {tensor.name or 'a tensor'} is outside of the file")


def _graphs(graph: Any) -> Iterator[Any]:
    """Walk a graph, and those within its nodes."""
    waiting = [graph]
    while waiting:
        here = waiting.pop()
        yield here
        for node in here.node:
            for attribute in node.attribute:
                waiting += [attribute.g] if attribute.HasField("g") else []
                waiting += attribute.graphs


def _tensors(graph: Any) -> Iterator[Any]:
    for here in _graphs(graph):
        yield from here.initializer
        for sparse in here.sparse_initializer:
            yield from (sparse.values, sparse.indices)
        for node in here.node:
            for attribute in node.attribute:
                yield from [attribute.t] if attribute.HasField("t") else []
                yield from attribute.tensors


def _shape(graph: Any, features: int, classes: int) -> OnnxShape:
    constant = {tensor.name for tensor in graph.initializer}
    inputs = [i for i in graph.input if i.name not in constant]
    if len(inputs) != 1:
        names = ", ".join(i.name for i in inputs)
        _refuse(f"it takes {len(inputs)} inputs ({names}); give it one matrix of features")
    kind = inputs[0].type.tensor_type
    if kind.elem_type not in (_FLOAT, _DOUBLE):
        _refuse(f"its input {inputs[0].name!r} is no matrix of float32 or float64")
    columns = kind.shape.dim[1].dim_value if len(kind.shape.dim) == 2 else 0  # 0: any
    if len(kind.shape.dim) != 2 or columns not in (0, features):
        _refuse(f"its input has the shape {_told(kind)}; the feature spec gives (n, {features})")
    output = _output(graph, classes)
    mapped = output.type.HasField("sequence_type")
    return OnnxShape(inputs[0].name, output.name, kind.elem_type == _DOUBLE, mapped)


def _output(graph: Any, classes: int) -> Any:
    """Output of probabilities: the maps of a ZipMap, or a float matrix with a column each."""
    for output in graph.output:
        if output.type.HasField("sequence_type"):
            return output
        kind = output.type.tensor_type
        columns = [d.dim_value for d in kind.shape.dim]
        is_matrix = len(columns) == 2 and columns[1] in (0, classes)
        if kind.elem_type in (_FLOAT, _DOUBLE) and is_matrix:
            return output
    told = ", ".join(f"{o.name} {_told(o.type.tensor_type)}" for o in graph.output)
    _refuse(f"no output is a float matrix with {classes} columns, or a ZipMap; it has {told}")
    raise AssertionError  # pragma: no cover


def _told(kind: Any) -> str:
    return "(" + ", ".join(str(d.dim_value or d.dim_param or "n") for d in kind.shape.dim) + ")"


def _refuse(reason: str) -> None:
    raise BadData(f"the ONNX file is refused: {reason}", (Problem("/file", reason),))
