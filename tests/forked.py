"""Processes of their own that start in no time: forked by one that has everything imported.

`longrun` takes two seconds of CPU to import what it needs. Where a test is about what a process
does, and not about how it starts, it is forked here: a process like any other, that can be
signalled, stopped and killed, with an environment and a path of its own.
"""

import atexit
import fcntl
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module, invalidate_caches
from multiprocessing import util
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
IMPORTED = (  # nothing that looks for installed analyses: each process has some of its own
    "api.cli", "api.commands.runs", "api.commands.run", "api.commands.operations",
    "api.commands.ingest", "ops.work.worker", "ops.work.schedule",
    "ops.analyses", "ops.work.childmain",  # of their fork servers
)  # fmt: skip
Stream = IO[Any] | int


class Forked:
    """A process that was asked for; used like one of `subprocess`."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._said = b""
        self.returncode: int | None = None
        self.pid = self._number(300)

    def _number(self, timeout: float | None) -> int:
        self._channel.settimeout(timeout)
        while b"\n" not in self._said:
            try:
                piece = self._channel.recv(100)
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired("longrun", timeout or 0.0) from None
            assert piece, "who forks has died"
            self._said += piece
        line, _, self._said = self._said.partition(b"\n")
        return int(line)

    def wait(self, timeout: float | None = None) -> int:
        """Exit status; the negative number of a signal that has ended it."""
        if self.returncode is None:
            self.returncode = self._number(timeout)
            self._channel.close()
        return self.returncode

    def poll(self) -> int | None:
        """Exit status, None while it lives."""
        try:
            return self.wait(0.0)
        except subprocess.TimeoutExpired:
            return None

    def send_signal(self, number: int) -> None:
        """Signal it, if it lives."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def longrun(
    *arguments: str | Path, given: str = "", env: Mapping[str, str], code: str = ""
) -> subprocess.CompletedProcess[str]:
    """Call the command line, or `code` if given, and wait for its end; `given` is its input."""
    with tempfile.TemporaryFile() as put, tempfile.TemporaryFile() as out:
        put.write(given.encode())
        put.seek(0)
        with tempfile.TemporaryFile() as err:
            asked = [str(argument) for argument in arguments]
            status = fork(asked, env=env, streams=(put, out, err), code=code).wait(300)
            out.seek(0)
            err.seek(0)
            told = out.read().decode(), err.read().decode()
    return subprocess.CompletedProcess(asked, status, *told)


def fork(
    arguments: list[str], *, env: Mapping[str, str], streams: tuple[Stream, ...], code: str = ""
) -> Forked:
    """Start the command line, or `code` if given, with arguments.

    Parameters
    ----------
    env
        The whole environment; the folders of its PYTHONPATH are seen.
    streams
        Standard input, output and error.
    """
    channel = socket.socket(socket.AF_UNIX)
    channel.connect(_server())
    request = {"arguments": arguments, "code": code, "env": dict(env), "folder": str(Path.cwd())}
    files = [stream if isinstance(stream, int) else stream.fileno() for stream in streams]
    socket.send_fds(channel, [json.dumps(request).encode() + b"\n"], files)
    return Forked(channel)


@contextmanager
def talking(
    arguments: list[str], *, env: Mapping[str, str], code: str = ""
) -> Iterator[tuple[Forked, IO[str], IO[str]]]:
    """A process with what writes to it and what reads from it; it is killed at the end."""
    (put, to), (of, out) = os.pipe(), os.pipe()
    with open(os.devnull, "w") as nowhere, open(to, "w") as writes, open(of) as reads:
        process = fork(arguments, env=env, streams=(put, out, nowhere), code=code)
        os.close(put)
        os.close(out)
        try:
            yield process, writes, reads
        finally:
            process.kill()
            process.wait(60)


@cache
def _server() -> str:
    """Address of the process that forks; it ends with this one."""
    folder = tempfile.TemporaryDirectory(prefix="forked", ignore_cleanup_errors=True)
    address = str(Path(folder.name, "socket"))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.forked", address],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("LONGRUN_")}
        | {"PYTHONPATH": str(ROOT)}
        | {"OMP_NUM_THREADS": "1"},  # read where a library is loaded; threads survive no fork
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"

    def end() -> None:
        process.communicate(timeout=60)
        folder.cleanup()

    atexit.register(end)
    return address


def _serve(address: str) -> None:
    for name in IMPORTED:
        import_module(name)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(64)
    print("ready", flush=True)  # noqa: T201  (told to who waits for it)
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        channel, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            _look_after(channel)
            return
        channel.close()


def _look_after(channel: socket.socket) -> None:
    """Fork the process that is asked for, tell its number, and its status once it has ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    text, files, _, _ = socket.recv_fds(channel, 65536, 3)
    while not text.endswith(b"\n"):
        text += channel.recv(65536)
    pid = os.fork()
    if pid == 0:
        channel.close()
        _become(json.loads(text), files)
        return
    for file in files:
        os.close(file)
    channel.sendall(b"%d\n" % pid)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        channel.sendall(b"%d\n" % status)
    finally:
        os._exit(0)


def _become(request: dict[str, Any], files: list[int]) -> None:
    os.setsid()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = (open(n, m) for n, m in ((0, "r"), (1, "w"), (2, "w")))  # noqa: SIM115
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.path[:0] = os.environ["PYTHONPATH"].split(os.pathsep)
    invalidate_caches()
    sys.argv = ["longrun", *request["arguments"]]
    _keep_fork_server()
    if request["code"]:
        exec(compile(request["code"], "<code>", "exec"), {"__name__": "__main__"})
    else:
        import_module("api.cli").main()


def _keep_fork_server() -> None:
    """Keep a child that becomes the fork server of `multiprocessing`, if one is asked for.

    A new interpreter would import the analyses anew, for two seconds of CPU.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        ours.close()
        try:
            _become_fork_server(theirs)
        finally:
            os._exit(0)
    theirs.close()
    start = util.spawnv_passfds

    def start_kept(path: Any, arguments: list[str], files: list[int]) -> int:
        if "multiprocessing.forkserver" not in arguments[-1]:
            return start(path, arguments, files)
        util.spawnv_passfds = start  # a second one would be as any other
        asked = json.dumps({"code": arguments[-1], "numbers": files}).encode()
        socket.send_fds(ours, [asked], files)
        return pid

    util.spawnv_passfds = start_kept


def _become_fork_server(channel: socket.socket) -> None:
    """Wait until it is asked for, or for the end of who would ask."""
    text, files, _, _ = socket.recv_fds(channel, 65536, 2)
    channel.close()
    if not text:
        return
    request = json.loads(text)
    above = [fcntl.fcntl(file, fcntl.F_DUPFD, 100) for file in files]
    for file in files:
        os.close(file)
    for file, number in zip(above, request["numbers"], strict=True):
        os.dup2(file, number)  # the code names the numbers that they have in the other process
        os.close(file)
    exec(compile(request["code"], "<forkserver>", "exec"), {"__name__": "__main__"})


if __name__ == "__main__":
    _serve(sys.argv[1])
