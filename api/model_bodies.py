"""What goes over the wire about models: versions, aliases, moves, comparisons."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import ConfigDict, Field

from api.body import Body, Note, Optional, Title, View
from api.coded import Number

ModelTask = Literal["classify", "regress", "trace"]
OfVersion = Annotated[Number, Path(description="Number of the version.")]
AliasName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_\-]{0,31}$")]
OfAlias = Annotated[AliasName, Path(description="champion, challenger, or a name of your own.")]
Reason = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


class ModelChange(Body):
    """What of a model is to be changed; its versions never are."""

    model_config = ConfigDict(json_schema_extra={"example": {"title": "Lifted wires, line 2"}})
    title: Annotated[Title, Optional] = Field(default="", description="Name for readers.")
    archived: Annotated[bool, Optional] = Field(
        default=False, description="Whether it is out of use: not listed, no new versions."
    )


class ModelView(View):
    """A model: a name whose versions runs have made, or that came from outside."""

    code: str = Field(description="Code.")
    site: str | None = Field(description="Code of its site; null: of all sites.")
    title: str = Field(description="Name for readers.")
    task: ModelTask = Field(description="What it predicts: classes, numbers, classes of traces.")
    newest: int = Field(description="Number of its newest version; 0: it has none yet.")
    aliases: dict[str, int] = Field(description="Version that each alias stands for now.")
    archived_at: datetime | None = Field(description="Since when it is out of use.")
    created_by: str = Field(description="Who added it, or whose run.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When anything of it was changed last.")


class ModelVersionView(View):
    """A version of a model without its artefact; it is never changed."""

    number: int = Field(description="Its number; 1 is the first.")
    origin: Literal["own", "onnx", "endpoint"] = Field(
        description="Trained here, an ONNX file, or an endpoint that is asked."
    )
    run_id: str | None = Field(description="Run that made it; retention may have taken the run.")
    dataset: str = Field(description="Code of the dataset that it learned from; empty: unknown.")
    revision: int = Field(description="Revision of the dataset; 0: none.")
    fingerprint: str = Field(description="SHA-256 of the table that it learned from.")
    spec: dict[str, Any] = Field(description="Features, kind, settings: what makes it again.")
    libraries: dict[str, Any] = Field(description="Version of each library that it needs.")
    metrics: dict[str, Any] = Field(description="Scores by name, each with its interval.")
    note: str = Field(description="What is to be said of it.")
    size: int = Field(description="Bytes of its artefact; 0: there is none.")
    sha256: str = Field(description="SHA-256 of its artefact.")
    created_by: str = Field(description="Who made it, or whose run.")
    created_at: datetime = Field(description="When it was made.")


class ModelVersionDetail(ModelVersionView):
    """A version with its card."""

    card: dict[str, Any] = Field(description="Page of the card: data, cautions, scores, use.")


class ModelAliasChange(Body):
    """Where an alias is to point, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"version": 3, "reason": "Better on the last two months, paired test."}
        }
    )
    version: Number = Field(description="Number of the version.")
    reason: Reason = Field(description="Why, in words; it is kept for good.")
    waiver: Note = Field(
        default="",
        description="Why it becomes the champion although its time-ordered score is not better;"
        " kept for good.",
    )


class ModelAliasView(View):
    """An alias of a model as it is."""

    alias: str = Field(description="Its name.")
    number: int = Field(description="Number of the version that it stands for.")


class ModelPromotionView(View):
    """A move of an alias; it is never changed."""

    id: int = Field(description="Number of the move.")
    alias: str = Field(description="Which alias.")
    number: int | None = Field(description="To which version; null: it was taken away.")
    previous: int | None = Field(description="From which version; null: it was not set.")
    reason: str = Field(description="Why.")
    waiver: str = Field(description="Why the rule was not followed; empty: it was.")
    evidence: dict[str, Any] = Field(description="Scores that were compared.")
    moved_by: str = Field(description="Who moved it.")
    moved_at: datetime = Field(description="When.")


class ScoreCellView(View):
    """A score of one version."""

    value: float | None = Field(description="The score; null: it has none.")
    lower: float | None = Field(description="Lower end of its interval.")
    upper: float | None = Field(description="Upper end of its interval.")
    split: str = Field(description="How it was tested.")


class ScoreRowView(View):
    """One score of all versions."""

    name: str = Field(description="Name of the score.")
    high: bool = Field(description="Whether more is better.")
    best: int | None = Field(description="Place of the best version; null: none is alone best.")
    cells: list[ScoreCellView] = Field(description="One for each version, in their order.")


class DifferenceView(View):
    """A place where the versions differ."""

    pointer: str = Field(description="JSON pointer.")
    values: list[Any] = Field(description="What stands there, one for each version.")


class ModelComparison(View):
    """Versions of a model side by side."""

    versions: list[int] = Field(description="Their numbers, in the order of the columns.")
    scores: list[ScoreRowView] = Field(description="Each score of all of them.")
    spec: list[DifferenceView] = Field(description="Where their specs differ.")
    data: list[DifferenceView] = Field(description="Where what they learned from differs.")
    libraries: list[DifferenceView] = Field(description="Where their libraries differ.")
