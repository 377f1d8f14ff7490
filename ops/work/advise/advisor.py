"""The advisor of one process: it answers by the rules at once, and lets a model word it after."""

import time
from datetime import UTC, datetime
from math import inf
from threading import BoundedSemaphore, Event, Lock

import structlog
from sqlalchemy.orm import Session

from ops.advise.provider.failure import ProviderFailed
from ops.advise.question import Question
from ops.db.away import AWAY
from ops.db.engine import Database
from ops.db.models.advise import Advice
from ops.settings import Settings
from ops.values import Actor
from ops.work.advise.afterwards import after, beside
from ops.work.advise.draft import Draft
from ops.work.advise.gather import gathered
from ops.work.advise.keep import is_to_be_worded, kept, to_be_worded
from ops.work.advise.language_model import LanguageModel, is_stale, language_model, probed
from ops.work.advise.live import Live, News
from ops.work.advise.plan_question import asked_plan, submitted
from ops.work.advise.reword import Later, put_worded, worded
from ops.work.advise.word import Worded, fallen_back
from ops.work.queue import JobQueue

PROBE_AGAIN_S = 600.0  # least time between two trials of a server
_log: structlog.stdlib.BoundLogger = structlog.get_logger("longrun.advice")


class Advisor:
    """Answers questions; thread-safe.

    Parameters
    ----------
    database, queue
        Where evidence is, and where what-if runs go.
    settings
        Which model there is, if any, and how it is asked.
    """

    def __init__(self, database: Database, queue: JobQueue, settings: Settings) -> None:
        self._database = database
        self._queue = queue
        self._model: LanguageModel | None = language_model(settings)
        self._free = BoundedSemaphore(settings.llm_slots)
        self._probing = Lock()
        self._tried = -inf  # when it was tried out last, on the monotonic clock
        self._closed = Event()
        self.live = Live()

    @property
    def model(self) -> LanguageModel | None:
        """The language model that is set up; None: the rules answer alone."""
        return self._model

    def begin(self) -> None:
        """Try out the server of the model, beside all else, if that was not done for a week."""
        model = self._model
        if model is not None:
            beside(lambda: self._probe(model))

    def drafted(self, question: Question, actor: Actor, *, now: datetime) -> Draft:
        """Answer by the rules; nothing is stored, and no transaction is open afterwards.

        Raises
        ------
        BadData
            If the question is asked of a site that the actor does not see.
        """
        with self._database.read() as session:
            draft = gathered(session, actor.scope, question, now=now)
            return asked_plan(session, draft, actor, now=now)

    def kept(self, session: Session, draft: Draft, *, actor: Actor, now: datetime) -> Advice:
        """Store an answer; a plan that it asks for is submitted in the same transaction."""
        made = submitted(session, self._queue, draft, actor=actor, now=now)
        return kept(session, made, actor=actor, now=now)

    def words_later(self, session: Session, row: Advice, draft: Draft, actor: Actor) -> bool:
        """Let the model word a stored answer once the transaction is done; whether it will.

        One that waits for a run is not worded, and a what-if that no run answers is a matter of
        rules. With all slots taken the rules' answer stands, and says so.
        """
        model, now = self._model, datetime.now(UTC)
        if model is None or row.state == "waiting" or not _is_for_a_model(model, draft):
            return False
        if self._closed.is_set() or not self._free.acquire(blocking=False):
            busy = fallen_back(draft, "busy", "all slots are taken")
            put_worded(session, self._queue, row.id, busy, actor=actor, now=now)
            return False
        to_be_worded(session, row, within_s=model.budget.total_s, now=now)
        advice_id = row.id
        self.live.begin(advice_id)
        after(
            session,
            lambda: self._start(model, Later(advice_id, draft, actor)),
            lambda: self._leave(advice_id),
        )
        return True

    def words_now(self, advice_id: str, draft: Draft, actor: Actor) -> None:
        """Let the model word an answer and wait for it; without a model nothing is done."""
        model = self._model
        if model is None or draft.answer.state == "waiting" or not _is_for_a_model(model, draft):
            return
        self._probe(model)  # nobody did so when a service started
        self._free.acquire()
        self._word(model, Later(advice_id, draft, actor))

    def is_worded(self, row: Advice, now: datetime) -> bool | None:
        """Whether a model words an answer at this moment, here or in another process.

        None: one was to do so, and its process ended before.
        """
        return self.live.is_worded(row.id) or is_to_be_worded(row, now=now)

    def close(self) -> None:
        """End it, at once: what is being worded is left, the rules' answer stands."""
        self._closed.set()

    def _start(self, model: LanguageModel, later: Later) -> None:
        beside(lambda: self._word(model, later))
        beside(lambda: self._probe(model))  # where it was away at the start, or is long known

    def _leave(self, advice_id: str) -> None:
        self._free.release()
        self.live.tell(advice_id, News("end"))

    def _probe(self, model: LanguageModel) -> None:
        if time.monotonic() - self._tried < PROBE_AGAIN_S or not self._probing.acquire(False):
            return
        self._tried = time.monotonic()
        try:
            if is_stale(self._database, model):
                probed(self._database, model)
        except ProviderFailed as failed:
            _log.warning("language model not probed", reason=failed.reason, detail=failed.detail)
        except AWAY:
            _log.warning("language model not probed: the database is away")
        except Exception:  # noqa: BLE001  (a thread's last door: unprobed means unsupported)
            _log.exception("language model not probed")
        finally:
            self._probing.release()

    def _word(self, model: LanguageModel, later: Later) -> None:
        def tell(said: object) -> None:
            self.live.tell(later.advice_id, News("claim", said))

        try:
            try:
                found = worded(self._database, model, later, tell)
            except Exception as error:  # noqa: BLE001  (the rules' answer stands, whatever happened)
                _log.exception("wording failed", advice=later.advice_id)
                reason = f"unforeseen {type(error).__name__}"
                found = fallen_back(later.draft, "server-error", reason)
            if not self._closed.is_set():
                self._put(later, found)
        finally:
            self._leave(later.advice_id)

    def _put(self, later: Later, found: Worded) -> None:
        now = datetime.now(UTC)
        try:
            with self._database.write.begin() as session:
                put_worded(session, self._queue, later.advice_id, found, actor=later.actor, now=now)
        except Exception:  # noqa: BLE001  (a thread's last door: the rules' answer stands)
            _log.exception("wording not stored", advice=later.advice_id)


def _is_for_a_model(model: LanguageModel, draft: Draft) -> bool:
    return "what-if" not in draft.intent.asks or model.chooses
