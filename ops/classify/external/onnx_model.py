"""An ONNX file that answers, in this process: only where the process may be killed."""

from typing import Any

import numpy as np

from ops.classify.external.onnx_file import OnnxShape, checked
from ops.errors import BadData
from ops.values import FloatArray

UNEVEN = 1e-3  # probabilities of a row that sum to 1 within it are made to sum to 1


class OnnxModel:
    """A `ProbabilityModel` of an ONNX file.

    Parameters
    ----------
    data
        The file; it is checked before it is run.
    features
        Columns of the matrix that it takes.
    classes
        Labels, in the order of its columns, or the keys of its maps.
    largest
        Most bytes of the file.
    """

    kind = "onnx"

    def __init__(
        self, data: bytes, features: int, classes: tuple[str, ...], *, largest: int
    ) -> None:
        self.classes = classes
        self._shape = checked(data, features=features, classes=len(classes), largest=largest)
        self._session = _session(data)

    @property
    def shape(self) -> OnnxShape:
        """How it is asked."""
        return self._shape

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, shape (n, classes).

        Raises
        ------
        BadData
            If it answers with something else.
        """
        given = x.astype(np.float64 if self._shape.double else np.float32)
        try:
            (found,) = self._session.run([self._shape.output], {self._shape.input: given})
        except Exception as error:
            raise BadData(f"the ONNX model failed: {str(error).splitlines()[0][:300]}") from error
        raw = self._of_maps(found) if self._shape.mapped else np.asarray(found, dtype=np.float64)
        return told_probabilities(raw, x.shape[0], len(self.classes))

    def _of_maps(self, found: Any) -> FloatArray:
        rows = [{str(key): value for key, value in row.items()} for row in found]
        try:
            return np.array([[row[c] for c in self.classes] for row in rows], dtype=np.float64)
        except KeyError as error:
            known = ", ".join(sorted(rows[0])) if rows else "none"
            raise BadData(f"the ONNX model knows no class {error}; it knows {known}") from error


def told_probabilities(raw: FloatArray, rows: int, classes: int) -> FloatArray:
    """Probabilities that somebody else's model told, looked at.

    Raises
    ------
    BadData
        If their shape is another, or a row is no distribution.
    """
    if raw.shape != (rows, classes):
        raise BadData(f"the model answered with the shape {raw.shape}, not {(rows, classes)}")
    total = raw.sum(axis=1, keepdims=True)
    inside = bool(np.isfinite(raw).all()) and bool((raw >= -UNEVEN).all())
    if not inside or bool((np.abs(total - 1) > UNEVEN).any()):
        raise BadData("the model answered with numbers that are no probabilities of its classes")
    raw = np.clip(raw, 0.0, None)
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))


def _session(data: bytes) -> Any:
    import onnxruntime  # noqa: PLC0415  (loads slowly)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        text = str(error).splitlines()[0][:300]
        raise BadData(f"the ONNX file cannot be run: {text}") from error
