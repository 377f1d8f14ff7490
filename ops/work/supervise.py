"""One parent process that keeps others alive: starts, restarts with a pause, ends them together.

A child learns of its parent's death by the end of a pipe that only the parent holds open, so that
even `kill -9` of the parent leaves nothing behind; see `end_with_parent`.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

PARENT_FD = "LONGRUN_PARENT_FD"
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
SETTLED_S = 30.0  # a process that lived so long starts again at once after a crash


@dataclass(frozen=True, slots=True)
class Member:
    """One process to keep alive.

    Parameters
    ----------
    name
        How it is called in messages.
    argv
        Program and arguments; the program calls `end_with_parent` first.
    environment
        Variables set beside those of the parent.
    fds
        Open file descriptors handed down, e.g. a listening socket.
    """

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    fds: tuple[int, ...] = ()


class Supervisor:
    """Members, one process each, until `stop` is called.

    Parameters
    ----------
    members
        What to keep alive.
    say
        Receives one sentence for each start after a crash.
    grace_s
        Time between the polite signal and `SIGKILL` when everything ends.
    """

    def __init__(
        self, members: Sequence[Member], *, say: Callable[[str], None], grace_s: float = 20.0
    ) -> None:
        self._say = say
        self._grace_s = grace_s
        self._stop = threading.Event()
        self._read_end, self._write_end = os.pipe()  # neither is inheritable by itself
        self._posts = [_Post(member, self._read_end) for member in members]

    def stop(self) -> None:
        """Make `run` end every member and return; safe in a signal handler."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()

    def start(self) -> None:
        """Start every member."""
        for post in self._posts:
            post.start()

    def crashed(self) -> str | None:
        """Name of a member that is not running, None while all of them are."""
        return next((post.member.name for post in self._posts if not post.is_alive()), None)

    def run(self) -> None:
        """Restart what crashes until `stop`, then end every member."""
        try:
            while not self._stop.wait(0.1):
                for post in self._posts:
                    self._look_after(post)
        finally:
            self.close()

    def close(self) -> None:
        """End every member: `SIGTERM`, `SIGKILL` after the grace; returns when all are gone."""
        for post in self._posts:
            post.signal(signal.SIGTERM)
        deadline = time.monotonic() + self._grace_s
        for post in self._posts:
            if not post.wait(max(0.0, deadline - time.monotonic())):
                self._say(f"{post.member.name} did not end in {self._grace_s:g} s and was killed")
            post.signal(signal.SIGKILL)  # also what the process started and left behind
            post.wait(5.0)
        with suppress(OSError):
            os.close(self._write_end)
            os.close(self._read_end)

    def _look_after(self, post: "_Post") -> None:
        if post.is_alive():
            return
        now = time.monotonic()
        if post.restart_at is None:
            pause = post.crashed(now)
            self._say(f"{post.member.name} ended with {post.outcome()}; restart in {pause:g} s")
        elif now >= post.restart_at:
            post.start()


class _Post:
    """The place of one member: its process, and when it may start again."""

    def __init__(self, member: Member, parent_fd: int) -> None:
        self.member = member
        self.restart_at: float | None = None
        self._parent_fd = parent_fd
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause_s = FIRST_PAUSE_S

    def start(self) -> None:
        environment = os.environ | self.member.environment | {PARENT_FD: str(self._parent_fd)}
        self._process = subprocess.Popen(
            self.member.argv,
            env=environment,
            pass_fds=(self._parent_fd, *self.member.fds),
            start_new_session=True,  # Ctrl-C reaches the parent alone, which ends them in order
        )
        self._started_at = time.monotonic()
        self.restart_at = None

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def crashed(self, now: float) -> float:
        if now - self._started_at >= SETTLED_S:
            self._pause_s = FIRST_PAUSE_S
        pause = self._pause_s
        self.restart_at = now + pause
        self._pause_s = min(2 * pause, LONGEST_PAUSE_S)
        return pause

    def outcome(self) -> str:
        code = self._process.returncode if self._process is not None else 0
        return f"exit code {code}" if code >= 0 else signal.Signals(-code).name

    def signal(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(self._process.pid, number)  # the whole group, its leader dead or not
            elif self.is_alive():
                self._process.send_signal(number)

    def wait(self, timeout_s: float) -> bool:
        if self._process is None:
            return True
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True


def end_with_parent(*, grace_s: float = 5.0) -> None:
    """In a member: end this process when the supervisor is gone, however it went.

    `SIGTERM` first, so that work is put down in order; `SIGKILL` after `grace_s`. Does nothing in
    a process that no supervisor started.
    """
    given = os.environ.pop(PARENT_FD, None)  # not for what this process starts in its turn
    if given is None:
        return
    fd = int(given)
    os.set_inheritable(fd, False)

    def watch() -> None:
        with suppress(OSError):
            os.read(fd, 1)  # returns when the last writer, the parent, is gone
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace_s)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
