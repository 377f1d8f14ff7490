"""The declaration of an analysis: all that the house must know of it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, is_dataclass
from typing import Any, Generic, Protocol, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, Field

from ops.classify.draft import ModelDraft
from ops.page import Page
from ops.prediction import Issued, Prediction
from ops.query import Query
from ops.timing.window import LastDuration, Window
from solvers.watch import Incumbent

P = TypeVar("P", bound="AnalysisParams")
D = TypeVar("D")
R = TypeVar("R", bound="AnalysisResult")


class Progress(Protocol):
    """Where an analysis reports to while it computes."""

    def __call__(
        self,
        fraction: float,
        message: str,
        /,
        *,
        incumbent: Incumbent | None = None,
        checkpoint: bytes | None = None,
        model: ModelDraft | None = None,
    ) -> bool | None:
        """Report; True asks the analysis to end soon with the best answer that it has.

        Parameters
        ----------
        fraction, message
            How far it is, 0 to 1, and what it is doing.
        incumbent
            Where a solve stands: shown while it runs, kept afterwards.
        checkpoint
            What `Analysis.salvage` can make a result of, should the computation be killed.
        model
            What the registry keeps as a new version, if the run succeeds.
        """
        ...


def silent(
    fraction: float,
    message: str,
    /,
    *,
    incumbent: Incumbent | None = None,
    checkpoint: bytes | None = None,
    model: ModelDraft | None = None,
) -> bool:
    """Progress that nobody watches: it is never asked to end."""
    del fraction, message, incumbent, checkpoint, model
    return False


class AnalysisParams(BaseModel):
    """Base of every analysis' parameters: what is common to all of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    site: str | None = Field(default=None, description="Site code; absent means all your sites.")
    window: Window = Field(
        default_factory=lambda: LastDuration(last="24h"),
        description="Measurement time: absolute (start, end), relative (last), shift, or since.",
    )


class AnalysisResult(BaseModel):
    """Base of every analysis' result: frozen, NaN and infinity are written as null."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


@dataclass(frozen=True, slots=True)
class Example(Generic[P, D]):
    """Parameters and data that show the analysis at work: OpenAPI, docs, conformance tests."""

    params: P
    data: Callable[[], D]


@dataclass(frozen=True, slots=True)
class Analysis(Generic[P, D, R]):
    """One analysis.

    Parameters
    ----------
    name
        Kebab-case, unique: the path in the API and the command of the CLI.
    title, summary
        Three words, and one sentence that says what it is for.
    version
        Raised when the result of equal data and parameters changes.
    params, result
        Their types; every field described.
    needs
        Parameters to the query of its data; pure.
    compute
        Data, parameters and a progress callback to the result; pure.
    view
        Result to page; pure.
    example
        Parameters and data that work.
    upgrade
        Stored parameters of an older version to today's; the identity unless given.
    salvage
        Data, parameters and the last checkpoint to the result of a computation that was cut
        short; without it such a computation has no result.
    predictions
        Result, parameters and when it was made to what time will check of it: kept, and held
        against what happens by the honesty ledger. None: it predicts nothing.
    """

    name: str
    title: str
    summary: str
    version: int
    params: type[P]
    result: type[R]
    needs: Callable[[P], Query[D]]
    compute: Callable[[D, P, Progress], R]
    view: Callable[[R], Page]
    example: Example[P, D]
    upgrade: Callable[[dict[str, Any], int], dict[str, Any]] | None = None
    salvage: Callable[[D, P, bytes], R] | None = None
    predictions: Callable[[R, P, Issued], Iterable[Prediction]] | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", self.name):
            raise ValueError(f"analysis name {self.name!r} is not kebab-case")
        if self.version < 1:
            raise ValueError(f"analysis version {self.version} is below 1")

    @property
    def takes_window(self) -> bool:
        """Whether its data are of a stretch of time: its query has a start and an end.

        Told by what `needs` says that it answers; one that says nothing counts as if it had.
        """
        query = get_type_hints(self.needs).get("return")
        return query is None or not is_dataclass(query) or "start" in query.__dataclass_fields__


AnyAnalysis = Analysis[Any, Any, Any]
