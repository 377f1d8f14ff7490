"""What a row of a dataset stands for, and at which moment a prediction of it is made."""

from typing import Annotated, Literal

from pydantic import Field

from ops.classify.recipe_part import MOST_HOURS, Code, Codes, RecipePart


class UnitRows(RecipePart):
    """A row for each unit, lot or other level of a factor.

    Its moment is the last measurement of the named characteristics in the first run of them: after
    a pause of `pause_hours` nothing more is waited for. Of what arrives later than that after it
    was measured the moment knows nothing.
    """

    kind: Literal["unit"] = "unit"
    by: Code = Field(
        default="unit_id", description="unit_id, or a context factor such as lot: a row a level."
    )
    characteristics: Codes = Field(
        description="Codes of the characteristics whose last measurement is the moment."
    )
    positions: tuple[Code, ...] = Field(
        default=(), max_length=200, description="Only these positions set it; empty: all."
    )
    pause_hours: float = Field(
        default=24.0, gt=0, le=MOST_HOURS,
        description="After a pause of so many hours a unit that is measured again is not waited"
        " for; a row is made once two such pauses are over.",
    )  # fmt: skip
    wait_hours: float = Field(
        default=0.0, ge=0, le=MOST_HOURS,
        description="The prediction is made so many hours after the last measurement, so that"
        " slower results have arrived.",
    )  # fmt: skip


class SlotRows(RecipePart):
    """A row for each tool and time slot with a measurement; its moment is the end of the slot."""

    kind: Literal["slot"] = "slot"
    characteristics: Codes = Field(
        description="Codes of the characteristics of which a slot needs a measurement."
    )
    hours: float = Field(default=4.0, gt=0, le=24 * 31, description="Length of a slot.")
    wait_hours: float = Field(
        default=0.0, ge=0, le=MOST_HOURS,
        description="The prediction is made so many hours after the slot's end.",
    )  # fmt: skip


class FindingRows(RecipePart):
    """A row for each alert, at the moment at which it was opened."""

    kind: Literal["finding"] = "finding"
    characteristics: tuple[Code, ...] = Field(
        default=(), max_length=200, description="Alerts on these characteristics; empty: all."
    )


RowRule = Annotated[UnitRows | SlotRows | FindingRows, Field(discriminator="kind")]
