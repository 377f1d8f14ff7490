"""Default settings of a kind of model of numbers by its name."""

from pydantic import TypeAdapter

from ops.classify.models.settings import NumberSettings

_SETTINGS: TypeAdapter[NumberSettings] = TypeAdapter(NumberSettings)


def number_settings_of(kind: str, level: float = 0.9) -> NumberSettings:
    """Make the default settings of a kind; quantiles are those of an interval of a level.

    Examples
    --------
    >>> number_settings_of("quantile-boosting", 0.8).levels
    (0.1, 0.5, 0.9)
    """
    told: dict[str, object] = {"kind": kind}
    if kind == "quantile-boosting":
        half = round((1.0 - level) / 2.0, 6)
        told["levels"] = (half, 0.5, 1.0 - half)
    return _SETTINGS.validate_python(told)
