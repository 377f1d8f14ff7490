"""Names that a question may hold, as the advisor takes them."""

from typing import cast

from sqlalchemy.orm import Session

from ops.advise.question import AboutKind, Named
from ops.db import advice_names
from ops.values import Scope


def names_of(session: Session, scope: Scope, site: str | None = None) -> tuple[Named, ...]:
    """Things of a scope, or of one site of it and of none, by kind and code.

    Raises
    ------
    NotFound
        If the site is not in the scope.
    """
    return tuple(
        Named(kind=cast(AboutKind, row.kind), code=row.code, title=row.title, site=row.site)
        for row in advice_names.names_of(session, scope, site)
    )
