"""What a view returns: values that are rendered once to HTML and once to PDF.

A page knows no HTML and no plotting library. Everything here is frozen and round-trips through
JSON, since a run stores its page. Titles and labels are English or the plant's own words; what
holds numbers is a `Phrase`, so that it can be said again in the reader's language.
"""

from typing import Annotated, Literal

from pydantic import Field

from ops.page_chart import Chart, Map
from ops.page_table import Matrix, Table
from ops.page_value import Level, PageValue, Phrase, is_default, is_empty
from ops.shown_unit import ShownUnit


class Subject(PageValue):
    """What a verdict is about; the overview groups and filters by it."""

    site: str | None = Field(default=None, description="Code of the site.")
    characteristic: str | None = Field(default=None, description="Code of the characteristic.")
    factors: dict[str, str] = Field(
        default_factory=dict[str, str], description="The guilty level of a factor: tool, lot ..."
    )
    mechanism: str = Field(
        default="",
        exclude_if=is_empty,
        description="What is wrong with it: two mechanisms of one tool are two alerts.",
    )
    whole: bool = Field(
        default=False,
        exclude_if=is_empty,
        description="One alert for the guilty level and mechanism, whichever of its characteristics"
        " show it.",
    )


class Verdict(PageValue):
    """One sentence with the number and the comparison, and how bad it is."""

    level: Level = Field(description="How good or bad it is; info judges nothing.")
    sentence: str = Field(description="The claim, with its number and what it is compared to.")
    phrases: tuple[Phrase, ...] = Field(
        default=(), description="Its clauses, for other languages; empty: only the sentence."
    )
    subject: Subject | None = Field(default=None, description="What it is about, if one thing.")
    settled: bool = Field(
        default=False,
        exclude_if=is_default,
        description="Whether the evidence shows that it is over: an open alert of it is closed.",
    )

    @classmethod
    def of(
        cls,
        level: Level,
        *phrases: Phrase,
        subject: Subject | None = None,
        settled: bool = False,
    ) -> "Verdict":
        """Verdict of clauses; the sentence is theirs in English."""
        sentence = "; ".join(p.english() for p in phrases) + "."
        return cls(
            level=level, sentence=sentence, phrases=phrases, subject=subject, settled=settled
        )


class Figure(PageValue):
    """One number with its unit and interval."""

    kind: Literal["figure"] = Field(default="figure", description="Kind of block.")
    label: str = Field(description="What the number is.")
    value: float | None = Field(description="The number; null if undefined.")
    unit: ShownUnit = Field(default="", description="Unit; empty if it has none.")
    lower: float | None = Field(default=None, description="Lower bound; null if it has none.")
    upper: float | None = Field(default=None, description="Upper bound; null if it has none.")
    decimals: int = Field(default=3, ge=0, le=12, description="Decimals to show.")


class Text(PageValue):
    """A paragraph."""

    kind: Literal["text"] = Field(default="text", description="Kind of block.")
    text: str = Field(description="The paragraph.")
    phrases: tuple[Phrase, ...] = Field(
        default=(), description="Its sentences, for other languages; empty: only the text."
    )

    @classmethod
    def of(cls, *phrases: Phrase) -> "Text":
        """Paragraph of sentences; the text is theirs in English."""
        return cls(text=" ".join(p.english() for p in phrases), phrases=phrases)


Block = Annotated[Figure | Text | Table | Chart | Matrix | Map, Field(discriminator="kind")]


class Section(PageValue):
    """A titled group of blocks."""

    title: str = Field(description="Title.")
    verdict: Verdict | None = Field(default=None, description="What the section comes to.")
    blocks: tuple[Block, ...] = Field(description="In reading order.")


class Page(PageValue):
    """The whole answer of an analysis for a reader: verdicts first, then sections."""

    title: str = Field(description="Title.")
    verdicts: tuple[Verdict, ...] = Field(description="The answer, in sentences.")
    sections: tuple[Section, ...] = Field(default=(), description="The grounds.")
