"""The listening socket: opened by the supervisor, served by the API process."""

import os
import socket

from ops.errors import NotReady

LISTEN_FD = "LONGRUN_LISTEN_FD"


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address; the socket outlives a crash of the process that serves it.

    Raises
    ------
    NotReady
        If the port is taken or the address is not one of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise NotReady(
            f"cannot listen on {host} port {port}: {error.strerror or error}; stop what uses it,"
            " or choose another with --port (0 picks a free one)"
        ) from error


def inherited() -> socket.socket | None:
    """Socket that the supervisor handed down; None in a process that stands alone."""
    given = os.environ.pop(LISTEN_FD, None)
    return None if given is None else socket.socket(fileno=int(given))
