"""Columns of any Arrow type as text, and as labels."""

from typing import Any

import numpy as np
import pyarrow as pa

from ops.ingest.arrow import pc
from ops.ingest.chunk import Text
from ops.ingest.number import Fault, is_text, mask_of

LONGEST = 500  # characters of a label
UNKNOWN = "\ufffd"  # what stands for bytes that cannot be decoded
_UNDECODED = "holds bytes that are not text; set encoding in the mapping"
_UNFIT = f"is longer than {LONGEST} characters, or holds a zero byte"


def as_text(column: Any) -> Any:
    """Bytes and dictionaries as strings, other types as they are; a bad byte becomes U+FFFD."""
    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        return pc.cast(column, pa.string())
    if not (pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)):
        return column
    try:
        return pc.cast(column, pa.string())
    except pa.ArrowInvalid:
        texts = [None if o is None else o.decode("utf-8", "replace") for o in column.to_pylist()]
        return pa.array(texts, pa.string())


def labels(column: Any) -> Text:
    """Labels of a column, blanks around them removed; an empty one is none.

    Examples
    --------
    >>> labels(pa.array([" a", "a", "", None])).levels
    ('a',)
    """
    if not is_text(column):
        column = pc.cast(column, pa.string())
    encoded = pc.dictionary_encode(column)
    trimmed = [text.strip() for text in encoded.dictionary.to_pylist()]
    distinct = sorted({text for text in trimmed if text})
    place = {text: i for i, text in enumerate(distinct)}
    code_of = np.array([place.get(text, -1) for text in trimmed] + [-1], np.int64)
    codes = pc.fill_null(encoded.indices, len(trimmed)).to_numpy(zero_copy_only=False)
    return Text(code_of[codes], tuple(distinct))


def keys(column: Any) -> Any:
    """Strings of a column that is nearly unique in each row: trimmed, null where empty."""
    if not is_text(column):
        column = pc.cast(column, pa.string())
    column = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def unfit_keys(column: Any) -> tuple[Fault, ...]:
    """Rows whose string could not be decoded, or that no one could read or keep."""
    long = pc.or_(pc.greater(pc.utf8_length(column), LONGEST), pc.match_substring(column, "\0"))
    return (mask_of(pc.match_substring(column, UNKNOWN)), _UNDECODED), (mask_of(long), _UNFIT)


def unfit_labels(text: Text) -> tuple[Fault, ...]:
    """Rows whose label could not be decoded, or that no one could read or keep."""
    undecoded = [UNKNOWN in level for level in text.levels]
    long = [len(level) > LONGEST or "\0" in level for level in text.levels]
    of_rows = [np.array([*wrong, False], bool)[text.codes] for wrong in (undecoded, long)]
    return (of_rows[0], _UNDECODED), (of_rows[1], _UNFIT)


def one_label(m: int, label: str) -> Text:
    """Make a column of one label."""
    return Text(np.zeros(m, np.int64), (label,))
