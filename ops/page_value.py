"""What page values are made of: the base of all, how bad something is, numbers within phrases."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ops.numeral import plain
from ops.shown_unit import unitless

Level = Literal["good", "warn", "bad", "info"]


class PageValue(BaseModel):
    """Base of all page values: frozen, no unknown fields, NaN becomes null."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


def is_default(value: object) -> bool:
    """Whether a value is what a reader assumes anyway: it is not stored then."""
    return value is None or value is False  # phrases are many: what says nothing is not stored


def is_empty(value: object) -> bool:
    """Whether a value says nothing: it is not stored then."""
    return not value


class Number(PageValue):
    """A number within a phrase."""

    value: float | None = Field(description="The number; null if undefined.")
    decimals: int | None = Field(
        default=None, exclude_if=is_default, description="Decimals to show; null: as needed."
    )
    percent: bool = Field(
        default=False, exclude_if=is_default, description="Whether 0.5 is shown as 50 %."
    )

    def __str__(self) -> str:
        """Show it as English does, without grouping."""
        return self.told("")

    def told(self, name: str) -> str:
        """Show it under a name, as of a p-value."""
        if self.value is None:
            return "-"
        if self.percent:
            return f"{plain(100 * self.value, self.decimals)} %"
        return plain(self.value, self.decimals, name)


class Phrase(PageValue):
    """A clause with named places for numbers and names; its template is what gets translated.

    Examples
    --------
    >>> cpk = Number(value=1.08, decimals=2)
    >>> Phrase.of("Cpk {cpk} is below {low}", cpk=cpk, low="1.33").english()
    'Cpk 1.08 is below 1.33'
    """

    template: str = Field(description="English, with {names} for the values.")
    values: dict[str, Number | str] = Field(
        default_factory=dict[str, Number | str], description="What stands at each name."
    )

    @classmethod
    def of(cls, template: str, **values: Number | str) -> "Phrase":
        """Phrase of a template and its values."""
        return cls(template=template, values=values)

    def english(self) -> str:
        """Say it in English."""
        template = unitless(self.template, self.values.get("unit"))
        values = {n: v if isinstance(v, str) else v.told(n) for n, v in self.values.items()}
        return template.format_map(values).replace("= <", "<")
