"""Server-sent events: bytes in any pieces to the data of each event."""

from collections.abc import Iterable, Iterator

from ops.advise.provider.failure import ProviderFailed

LONGEST_EVENT = 2**20


def data_of(pieces: Iterable[bytes]) -> Iterator[str]:
    r"""Give the data of each event, as soon as its last line is there.

    Lines end with LF, CRLF or CR; comments and other fields are left out; what stands after the
    last blank line is an event, too: whether it is whole, its own form shows.

    Raises
    ------
    ProviderFailed
        ``garbage``, if a line is no UTF-8, or an event is longer than 1 MiB.

    References
    ----------
    WHATWG, HTML Living Standard, section 9.2.6 (interpreting an event stream).

    Examples
    --------
    >>> list(data_of([b": hi\r\nda", b"ta: a\r", b"\ndata:b\r\n\r\ndata: c"]))
    ['a\nb', 'c']
    """
    held: list[str] = []
    size = 0
    for line in _lines(pieces):
        if line == b"":
            if held:
                yield "\n".join(held)
            held, size = [], 0
            continue
        name, _, value = line.partition(b":")
        size += len(line)
        if size > LONGEST_EVENT:
            raise ProviderFailed("garbage", f"an event is longer than {LONGEST_EVENT} bytes")
        if name == b"data":
            held.append(_text(value.removeprefix(b" ")))
    if held:
        yield "\n".join(held)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    after_cr = False  # an LF that starts the next piece belongs to the CR that ended this one
    for piece in pieces:
        if after_cr and piece.startswith(b"\n"):
            piece = piece[1:]
        after_cr = piece.endswith(b"\r")
        *whole, rest = (rest + piece).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        yield from whole
        if len(rest) > LONGEST_EVENT:
            raise ProviderFailed("garbage", f"a line is longer than {LONGEST_EVENT} bytes")
    if rest:
        yield rest


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise ProviderFailed("garbage", "the answer is not in UTF-8") from error
