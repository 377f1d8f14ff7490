"""An instant that a caller names: aware, and of a year that every clock and database can hold."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

YEARS = (1900, 2200)  # the first, and the first no more


def within_years(instant: datetime) -> datetime:
    """Refuse an instant that would leave the calendar in another zone, or is a slip of the pen."""
    if not YEARS[0] <= instant.year < YEARS[1]:
        raise ValueError(f"the year must be {YEARS[0]} to {YEARS[1] - 1}")
    return instant


Instant = Annotated[AwareDatetime, AfterValidator(within_years)]
