"""A unit as people read it: what has the dimension one shows none."""

import re
from typing import Annotated

from pydantic import AfterValidator

_ONE = "1"
_PLACE = re.compile(r"\s*\{unit\}")


def shown_unit(unit: str) -> str:
    """Tell the unit to be shown; nothing for a number that has none.

    Examples
    --------
    >>> shown_unit("1"), shown_unit("µm"), shown_unit("1/d")
    ('', 'µm', '1/d')
    """
    return "" if unit == _ONE else unit


def unitless(template: str, unit: object) -> str:
    """Take the place of a unit, and the blank before it, out of a template if none is shown.

    Examples
    --------
    >>> unitless("within {margin} {unit} a day", "1"), unitless("{margin} {unit}", "µm")
    ('within {margin} a day', '{margin} {unit}')
    """
    return _PLACE.sub("", template) if unit in ("", _ONE) else template


ShownUnit = Annotated[str, AfterValidator(shown_unit)]
