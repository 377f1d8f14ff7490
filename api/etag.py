"""Versions of what people edit: `ETag` in the answer, `If-Match` in the change."""

from typing import Annotated

from fastapi import Header, Response

from ops.errors import Stale, Unseen

IfMatch = Annotated[
    str | None,
    Header(description='`ETag` of the version that was read, e.g. `"3"`; `*` for whatever it is.'),
]


def etag_of(row_version: int) -> str:
    """Entity tag of a version.

    Examples
    --------
    >>> etag_of(3)
    '"3"'
    """
    return f'"{row_version}"'


def check(if_match: str | None, row_version: int) -> None:
    """Refuse a change that was made from another version than the present one.

    Raises
    ------
    Unseen
        If the caller does not say which version it read.
    Stale
        If that version is not the present one.

    Examples
    --------
    >>> check('"2", "3"', 3)
    """
    if if_match is None:
        raise Unseen(
            "the header If-Match is missing; read the resource, then send its ETag as If-Match"
        )
    known = {tag.strip() for tag in if_match.split(",")}
    if "*" not in known and etag_of(row_version) not in known:
        raise Stale(
            f"If-Match is {if_match}, but the resource is at {etag_of(row_version)};"
            " read it again and repeat the change"
        )


def tag(response: Response, row_version: int) -> None:
    """Write the `ETag` of a version into the answer."""
    response.headers["ETag"] = etag_of(row_version)
