"""Names of fields and factors that hold people: the one list of the house."""

PERSONAL = frozenset({
    "appraiser", "appraisers", "approved_by", "asked_by", "bediener", "by", "closed_by",
    "created_by", "inspector", "inspectors", "opened_by", "operator", "operators", "said_by",
    "technician", "uploaded_by", "user", "users", "written_by",
})  # fmt: skip


def is_personal(field: str) -> bool:
    """Whether a field or a factor holds people, by its name.

    Examples
    --------
    >>> is_personal("Closed-By"), is_personal("tool")
    (True, False)
    """
    return field.strip().lower().replace("-", "_").replace(" ", "_") in PERSONAL
