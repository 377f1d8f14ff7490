"""What goes over the wire about memories: notes, corrections, views."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from api.body import Body, Code, Instant, Title, View, is_small_json
from ops.advise.catalogue import ActionId, CauseId
from ops.advise.memory import MemoryKind, Provenance
from ops.db.memories import Note

TagName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_\-]{0,63}$")]
TagCode = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]*$")]
Tags = Annotated[dict[TagName, TagCode], Field(max_length=12), AfterValidator(is_small_json)]
Said = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
MemoryState = Literal["valid", "ended", "superseded"]
_EXAMPLE: dict[str, Any] = {
    "kind": "knowledge",
    "title": "WB-07 needs an hour to warm up",
    "text": "Loop heights of the first hour after a stop are 2 µm low; do not recalibrate then.",
    "tags": {"tool": "WB-07"},
}


class MemoryCorrection(Body):
    """What a memory should say; the old one stays, ended and superseded."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})
    kind: MemoryKind = Field(
        default="knowledge",
        description="Knowledge is what is known, a preference what is wanted, an outcome what"
        " became of an action.",
    )
    title: Title = Field(description="What it is about, in one line.")
    text: Said = Field(description="What is to be remembered, in words.")
    tags: Tags = Field(
        default={},
        description='Codes that it is about, by what they are: {"tool": "WB-07"}. With equal tags,'
        " memories can contradict each other.",
    )
    cause: CauseId | None = Field(default=None, description="Cause that it is about.")
    action: ActionId | None = Field(default=None, description="Action that it is about.")
    helped: bool | None = Field(
        default=None, title="Did it help?", description="Whether the action helped; null: not said."
    )
    valid_from: Instant | None = Field(
        default=None, title="Holds from", description="From when on it holds; null: from now on."
    )
    valid_to: Instant | None = Field(
        default=None, title="Holds until", description="Until when; null: until it is ended."
    )

    def note(self) -> Note:
        """Return what is to be remembered."""
        return Note(**{name: getattr(self, name) for name in MemoryCorrection.model_fields})


class MemoryDraft(MemoryCorrection):
    """A memory to be added by a person."""

    model_config = ConfigDict(json_schema_extra={"example": {"site": "PEN1", **_EXAMPLE}})
    site: Code | None = Field(
        default=None, description="Code of its site; null: seen by who sees all sites."
    )


class MemoryView(View):
    """A memory."""

    id: int = Field(description="Its number.")
    site: str | None = Field(description="Code of its site; null: of all sites.")
    kind: MemoryKind = Field(description="Knowledge, preference or outcome.")
    title: str = Field(description="What it is about.")
    text: str = Field(description="What is remembered.")
    tags: dict[str, str] = Field(description="Codes that it is about, by what they are.")
    facts: dict[str, Any] = Field(description="Numbers and ids that a lesson was made of.")
    cause: CauseId | None = Field(description="Cause that it is about.")
    action: ActionId | None = Field(description="Action that it is about.")
    helped: bool | None = Field(description="Whether the action helped; null: not known.")
    provenance: Provenance = Field(description="Written by a person, a run or an outcome.")
    origin: str = Field(description="Who or what wrote it: a name, a run, an alert, an advice.")
    trust: float = Field(description="0 to 1: how often advice with it is expected to help.")
    confirmed: int = Field(description="Pieces of advice that used it and helped.")
    refuted: int = Field(description="Pieces of advice that used it and did not help.")
    stale: bool = Field(description="Whether it is older than two half-lives of its kind.")
    state: MemoryState = Field(description="Valid, ended or superseded.")
    valid_from: datetime = Field(description="From when on it holds.")
    valid_to: datetime | None = Field(description="Until when; null: until it is ended.")
    supersedes: int | None = Field(description="Memory that it replaces.")
    superseded_by: int | None = Field(description="Memory that replaces it.")
    written_by: str = Field(description="Who wrote it.")
    written_at: datetime = Field(description="When.")


class RecalledView(MemoryView):
    """A memory that was searched for, with what it is worth."""

    relevance: float = Field(description="0 to 1: how near it is to what was searched.")
    recency: float = Field(description="0 to 1: it halves with each half-life of its kind.")
    score: float = Field(description="Relevance x recency x trust.")
    conflicts: list[int] = Field(description="Found memories that say the opposite.")
    loses_to: int | None = Field(description="Memory that outweighs it; null: none does.")
    why: Literal["", "more-trusted", "newer"] = Field(description="Why that one outweighs it.")
