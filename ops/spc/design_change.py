"""What differs between two versions of a chart design: settings, rules, limits, phase I."""

from dataclasses import asdict, dataclass

from pydantic import JsonValue

from ops.spc.design import ChartDesign

_APART = ("rules", "limits", "phase_one")  # compared part by part


@dataclass(frozen=True, slots=True)
class DesignChange:
    """One thing that differs.

    Parameters
    ----------
    pointer
        Where it stands: ``/width``, ``/limits/WB-07/center``, ``/rules/2``; limits are told apart
        by their level, rules by their name.
    before, after
        As JSON; None where a version has none.
    """

    pointer: str
    before: JsonValue
    after: JsonValue


def design_changes(before: ChartDesign, after: ChartDesign) -> tuple[DesignChange, ...]:
    """List what differs between two designs, settings first.

    Examples
    --------
    >>> from ops.spc.design import StreamLimits
    >>> limits = StreamLimits(center=40.0, sigma=1.0, n=100)
    >>> one = ChartDesign(limits=(limits,))
    >>> two = one.model_copy(update={"width": 2.5})
    >>> design_changes(one, two)
    (DesignChange(pointer='/width', before=3.0, after=2.5),)
    """
    old, new = _parts(before), _parts(after)
    return tuple(
        DesignChange(pointer, old.get(pointer), new.get(pointer))
        for pointer in {**old, **new}
        if old.get(pointer) != new.get(pointer)
    )


def _parts(design: ChartDesign) -> dict[str, JsonValue]:
    """Everything that a design says, by where it stands."""
    document = design.model_dump(mode="json")
    parts: dict[str, JsonValue] = {f"/{k}": v for k, v in document.items() if k not in _APART}
    for rule in design.rules:
        parts[f"/rules/{_step(rule.name)}"] = {**asdict(rule)}
    for limits in design.limits:
        at = f"/limits/{_step(limits.level)}"
        parts |= {f"{at}/{k}": v for k, v in limits.model_dump().items() if k != "level"}
    if design.phase_one is not None:
        parts |= {f"/phase_one/{k}": v for k, v in document["phase_one"].items()}
    return parts


def _step(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
