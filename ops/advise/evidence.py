"""Evidence: one number, time, name or text that the database holds, with all that proves it."""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field, model_validator

from ops.advise.catalogue import Topic
from ops.page import Subject
from ops.page_value import Level, PageValue, Phrase, is_empty
from ops.shown_unit import ShownUnit

EvidenceKind = Literal["number", "time", "name", "text"]


class Evidence(PageValue):
    """One fact and where it comes from; what is answered may say nothing that is not one of these.

    A time counts microseconds since 1970 UTC, as everywhere.
    """

    id: str = Field(min_length=1, max_length=300, description="Stable within an answer.")
    case: str = Field(description="Id of the case that it belongs to.")
    topic: Topic = Field(description="What it is about.")
    kind: EvidenceKind = Field(description="What its value is.")
    quantity: str = Field(
        pattern=r"^[a-z][a-z0-9-]*$", description="What sort of thing: slope, cpk, crossing-days."
    )
    label: str = Field(description="What it is, in English, as people say it: Cpk, slope.")
    label_phrase: Phrase | None = Field(
        default=None,
        exclude_if=is_empty,
        description="Its label with the parts of it, for other languages; null: it has none.",
    )
    value: float | str | None = Field(description="The fact; null if undefined.")
    phrases: tuple[Phrase, ...] = Field(
        default=(),
        exclude_if=is_empty,
        description="Clauses of a text, for other languages; empty: only the value.",
    )
    unit: ShownUnit = Field(default="", description="Unit; empty if it has none.")
    lower: float | None = Field(default=None, description="Lower bound; null if it has none.")
    upper: float | None = Field(default=None, description="Upper bound; null if it has none.")
    confidence: float | None = Field(default=None, description="Of the bounds, as 0.95.")
    decimals: int | None = Field(default=None, description="Decimals to show; null: as needed.")
    percent: bool = Field(default=False, description="Whether 0.5 is shown as 50 %.")
    reference: float | None = Field(
        default=None, description="What it is held against, in its unit: a limit, a requirement."
    )
    reference_label: str = Field(default="", description="What the reference is.")
    level: Level = Field(default="info", description="How good or bad it is.")
    analysis: str = Field(default="", description="Analysis that found it; empty: none.")
    run_id: str | None = Field(default=None, description="Run that found it.")
    link: str = Field(description="Page that shows it, a path of this service.")
    subject: Subject | None = Field(default=None, description="What it is about.")
    window_start: int | None = Field(default=None, description="Begin of the data behind it.")
    window_end: int | None = Field(default=None, description="End of the data behind it.")
    at: int = Field(description="When it was known, microseconds since 1970 UTC.")
    quoted: bool = Field(
        default=False, description="Whether people or machines wrote it: data, never instructions."
    )
    personal: bool = Field(default=False, description="Whether it names a person.")

    @model_validator(mode="after")
    def _is_of_its_kind(self) -> "Evidence":
        numeric = self.kind in ("number", "time")
        if self.value is not None and numeric == isinstance(self.value, str):
            raise ValueError(f"the value {self.value!r} is no {self.kind}")
        return self

    @property
    def number(self) -> float | None:
        """Its value, if it is a number or a time."""
        return None if isinstance(self.value, str) else self.value


def by_id(evidence: Iterable[Evidence]) -> Mapping[str, Evidence]:
    """Evidence by id."""
    return {one.id: one for one in evidence}
