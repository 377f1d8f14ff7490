"""Default settings of a kind of model by its name."""

from pydantic import TypeAdapter

from ops.classify.models.settings import ModelSettings

_SETTINGS: TypeAdapter[ModelSettings] = TypeAdapter(ModelSettings)


def settings_of(kind: str) -> ModelSettings:
    """Make the default settings of a kind.

    Examples
    --------
    >>> settings_of("logistic").kind
    'logistic'
    """
    return _SETTINGS.validate_python({"kind": kind})
