"""A model behind an address, asked over HTTP; nothing is asked unless a setting allows its host."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx

from ops.classify.external.endpoint import EndpointSpec
from ops.classify.features.fitted import FittedFeatures
from ops.classify.table import DataTable
from ops.errors import BadData, NotReady, Problem
from ops.values import FloatArray

MOST_ANSWER = 16 * 2**20  # bytes
MOST_ROWS = 1000  # of one call
DRIPS = 2  # times the longest wait for its beginning, that a whole answer may take


class EndpointModel:
    """A `ProbabilityModel` that asks an endpoint.

    Parameters
    ----------
    features
        What it is told of a row: the names are those of the matrix, `inputs` are the columns.
    hosts
        Those that may be asked.

    Raises
    ------
    BadData
        If its host is none of them.
    """

    kind = "endpoint"

    def __init__(
        self,
        spec: EndpointSpec,
        features: FittedFeatures,
        classes: tuple[str, ...],
        hosts: tuple[str, ...],
    ) -> None:
        spec.refuse_unless_allowed(hosts)
        self.classes = classes
        self._spec = spec
        self._features = features
        # no redirects: they would lead to hosts that nobody allowed
        self._client = httpx.Client(
            timeout=spec.timeout_s, follow_redirects=False, trust_env=False, limits=_LIMITS
        )

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, shape (n, classes).

        Raises
        ------
        NotReady
            If it does not answer in time, or with an error, or with what cannot be read.
        BadData
            If it is asked by columns, which a matrix does not have.
        """
        if self._spec.send == "columns":
            told = "the model's endpoint is asked by columns, not by features"
            raise BadData(told, (Problem("/endpoint/send", told),))
        names = self._features.names
        return self._in_pieces(len(x), lambda part: self._spec.request(x[part], names))

    def of_rows(self, table: DataTable, x: FloatArray) -> FloatArray:
        """Probability of each class for the rows of a table and their features, as `probability`.

        Raises
        ------
        NotReady, BadData
            As `probability`; also if a column that is sent is missing.
        """
        if self._spec.send == "features":
            return self.probability(x)
        inputs = self._features.inputs
        return self._in_pieces(
            len(table), lambda part: self._spec.columns(table.take(part), inputs)
        )

    def _in_pieces(self, rows: int, body: Callable[[slice], dict[str, Any]]) -> FloatArray:
        import numpy as np  # noqa: PLC0415  (beside its one use)

        parts = [
            self._asked(body(slice(at, at + MOST_ROWS)), min(MOST_ROWS, rows - at))
            for at in range(0, rows, MOST_ROWS)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.classes)))

    def _asked(self, body: dict[str, Any], rows: int) -> FloatArray:
        try:
            answer = json.loads(self._answer(body))
            return self._spec.read(answer, rows, self.classes)
        except httpx.TimeoutException as error:
            told = f"did not answer within {self._spec.timeout_s:g} s"
            raise NotReady(f"the model's endpoint {self._spec.host} {told}") from error
        except (httpx.HTTPError, OSError) as error:
            told = f"cannot be reached: {type(error).__name__}"
            raise NotReady(f"the model's endpoint {self._spec.host} {told}") from error
        except (ValueError, RecursionError) as error:
            told = f"answered with what is not JSON: {error}"
            raise NotReady(f"the model's endpoint {self._spec.host} {told}") from error
        except BadData as error:
            raise NotReady(str(error)) from error

    def _answer(self, body: dict[str, Any]) -> bytes:
        spec = self._spec
        held: list[bytes] = []
        size, late = 0, time.monotonic() + DRIPS * spec.timeout_s
        with self._client.stream(spec.method, spec.url, json=body) as answer:
            if answer.status_code != 200:
                told = f"answered with the status {answer.status_code}"
                raise NotReady(f"the model's endpoint {spec.host} {told}")
            for piece in answer.iter_bytes():
                held.append(piece)
                size += len(piece)
                if size > MOST_ANSWER:
                    raise NotReady(f"the model's endpoint {spec.host} answered with too much")
                if time.monotonic() > late:  # each piece came in time, but there is no end of them
                    raise NotReady(f"the model's endpoint {spec.host} answered without an end")
        return b"".join(held)

    def close(self) -> None:
        """End its connections."""
        self._client.close()


_LIMITS = httpx.Limits(max_connections=8, max_keepalive_connections=2)
