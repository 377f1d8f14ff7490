"""A question, and what was understood of it."""

from typing import Any, Literal

from pydantic import Field

from ops.advise.catalogue import Topic
from ops.page_value import PageValue

AboutKind = Literal[
    "run", "alert", "characteristic", "tool", "model", "scenario", "life-test", "dataset",
    "analysis", "site",
]  # fmt: skip
Asks = Literal["status", "cause", "action", "when", "cost", "history", "what-if", "digest"]
Wish = Literal[
    "compare", "worst", "least", "most", "count", "sure", "nothing", "first", "person",
    "meaning", "order",
]  # fmt: skip
SoughtKind = Literal["tool", "characteristic", "gauge", "model"]
Stance = Literal[
    "drifts", "still", "capable", "incapable", "stable", "unstable", "good", "bad", "alerted",
    "known", "bound",
]  # fmt: skip
LONGEST = 2000  # characters of a question
LONGEST_CODE = 200  # characters of what it is about
MOST_ABOUT = 20


class About(PageValue):
    """Something of the service that a question is about: the page that it was asked on."""

    kind: AboutKind = Field(description="What it is.")
    code: str = Field(min_length=1, max_length=LONGEST_CODE, description="Its code or id.")
    site: str | None = Field(default=None, max_length=100, description="Code of its site.")


class Question(PageValue):
    """What somebody asks."""

    text: str = Field(min_length=1, max_length=LONGEST, description="The question.")
    about: tuple[About, ...] = Field(
        default=(), max_length=MOST_ABOUT, description="What it is about, if asked on a page."
    )
    site: str | None = Field(default=None, max_length=100, description="Only of this site.")


class Named(PageValue):
    """A thing of the plant that the words of a question may name."""

    kind: AboutKind = Field(description="What it is.")
    code: str = Field(description="Its code.")
    title: str = Field(default="", description="Its title.")
    site: str | None = Field(default=None, description="Code of its site.")


class Sought(PageValue):
    """A set of things that is asked for, by how they stand or by a bound of a quantity."""

    kind: SoughtKind | None = Field(default=None, description="Of what; null: whatever has it.")
    stance: Stance = Field(description="How they stand.")
    above: bool = Field(default=True, description="Of a bound: whether values above are sought.")
    value: float = Field(default=0.0, description="Of a bound: its value.")
    unit: str = Field(default="", max_length=30, description="Of a bound: its unit, if said.")


class Intent(PageValue):
    """What a question asks for: topics, things, and what is wanted of them."""

    topics: tuple[Topic, ...] = Field(description="What it is about; empty: all.")
    asks: tuple[Asks, ...] = Field(default=("status",), description="What is wanted.")
    named: tuple[Named, ...] = Field(default=(), description="Things that it names.")
    unknown: tuple[str, ...] = Field(
        default=(), description="Words that look like codes, and name nothing that is known."
    )
    near: dict[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description="For each of these words, known codes that look like it.",
    )
    excluded: tuple[Named, ...] = Field(
        default=(), description="Things that it names as not meant: all but WB-05."
    )
    passed_over: tuple[Named, ...] = Field(
        default=(), description="Things of the page that gave way to others that it names."
    )
    factors: dict[str, str] = Field(
        default_factory=dict[str, str], description="Levels of factors named: lot, capillary."
    )
    quantities: tuple[str, ...] = Field(
        default=(), description="Quantities that are asked for: cpk, slope, crossing-days, b10."
    )
    wishes: tuple[Wish, ...] = Field(
        default=(), description="What else is wanted: a comparison, the worst, a number of them."
    )
    sought: Sought | None = Field(
        default=None, description="Things that are sought: all that drift; null: none."
    )
    days: float | None = Field(default=None, description="How far back is asked; null: not said.")
    older: float | None = Field(
        default=None, description="Days that it is ago at least: 7 of older than a week."
    )
    edits: tuple[dict[str, Any], ...] = Field(
        default=(), description="What-if: edits of a scenario (`solvers.scenario.edit`)."
    )
    unclear: tuple[str, ...] = Field(
        default=(), description="What of a what-if could not be made an edit, and why."
    )
    chosen_by: Literal["rules", "model"] = Field(default="rules", description="Who understood it.")
