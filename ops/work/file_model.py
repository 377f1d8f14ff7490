"""The model that a run made, into the registry: in the transaction that ends the run."""

from datetime import datetime

from sqlalchemy.orm import Session

from ops.classify.draft import ModelDraft


def file_model(session: Session, run_id: str, draft: ModelDraft, *, url: str, now: datetime) -> int:
    """Keep a model that a succeeded run made as the next version of its name; its number.

    Parameters
    ----------
    url
        fsspec URL of the folder for what is too large for the database.
    """
    raise NotImplementedError
