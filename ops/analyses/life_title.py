"""The title of a page about a life test: what was found out, and of which test."""


def of_test(kind: str, test: str) -> str:
    """Title of a page; a test without a title adds nothing.

    Examples
    --------
    >>> of_test("Lifetime fit", "HTSL 175")
    'Lifetime fit: HTSL 175'
    """
    return f"{kind}: {test}" if test else kind
