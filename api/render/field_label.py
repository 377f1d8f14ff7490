"""What a field of a form is called: the words of its name, in sentence case, with its unit."""

from collections.abc import Mapping
from typing import Any

_UNITS = {  # last part of a name
    "s": "s", "h": "h", "days": "days", "um": "µm", "km": "km", "kg": "kg", "mb": "MB",
    "degrees": "°", "ppm": "ppm", "percent": "%",
}  # fmt: skip
_WRITTEN = {  # what is not written as other words are
    "arl0": "ARL0", "bayesian": "Bayesian", "b10": "B10", "co2": "CO2", "cpk": "Cpk", "cpu": "CPU",
    "cusum": "CUSUM", "cv": "CV", "cvar": "CVaR", "ewma": "EWMA", "fdr": "FDR", "grr": "GRR",
    "iana": "IANA", "id": "ID", "mtbf": "MTBF", "ppm": "ppm", "sd": "SD", "spc": "SPC",
    "url": "URL", "wape": "WAPE", "weibull": "Weibull",
}  # fmt: skip
_WHOLE = {  # names that say too little, or are no words
    "between_um": "Between wires (µm)", "budget_s": "Time budget (s)",
    "cover_km": "Cover distance (km)", "cpu_s": "CPU time (s)", "fit_target": "FIT target",
    "grid_degrees": "Grid spacing (°)", "k_percent": "K (%)", "lead_days": "Lead time (days)",
    "max_km": "Max distance (km)", "max_lead_days": "Max lead time (days)",
    "phase_one": "Phase I", "phase_one_share": "Phase I share", "ppm_target": "Target (ppm)",
    "production_days": "Production time (days)", "promise_days": "Promised time (days)",
    "search_s": "Search time (s)", "supply_days": "Supply time (days)",
}  # fmt: skip


def label_of(name: str, part: Mapping[str, Any], resolved: Mapping[str, Any]) -> str:
    """Label of a property: the title that its author chose, else one made of its name.

    Parameters
    ----------
    name
        Name of the property.
    part, resolved
        Its schema as declared, and with the definition that it refers to put in.

    Examples
    --------
    >>> label_of("max_co2_kg", {"title": "Max Co2 Kg"}, {})
    'Max CO2 (kg)'
    """
    title = str(part.get("title", ""))
    if title and _letters(title) != _letters(name):
        return title
    inner = str(resolved.get("title", ""))
    if " " in inner and _letters(inner) != _letters(name):  # no class: somebody named it
        return inner
    return _made(name)


def _letters(text: str) -> str:
    return text.replace("_", "").replace(" ", "").casefold()


def _made(name: str) -> str:
    words = name.strip("_").split("_")
    if name in _WHOLE:
        return _WHOLE[name]
    unit = _UNITS.get(words[-1]) if len(words) > 1 else None
    said = [_WRITTEN.get(word, word) for word in (words[:-1] if unit else words)]
    if len(said[0]) > 1 and words[0] not in _WRITTEN:  # a lone letter is a symbol
        said[0] = said[0][0].upper() + said[0][1:]
    label = " ".join(said)
    return f"{label} ({unit})" if unit else label
