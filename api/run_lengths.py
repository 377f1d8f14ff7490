"""Run lengths: how long until a chart signals, and which chart finds a shift fastest."""

from fastapi import APIRouter

from api import run_length_answers
from api.deps import ActorDep
from api.run_length_bodies import (
    RunLengthDesignDraft,
    RunLengthDesignView,
    RunLengthDraft,
    RunLengthView,
)

router = APIRouter(prefix="/v1/run-lengths", tags=["run lengths"])


@router.post("")
def profile(body: RunLengthDraft, actor: ActorDep) -> RunLengthView:
    """Say how long a chart takes to signal, at each shift of the mean; nothing is stored."""
    del actor  # whoever may call may ask
    return run_length_answers.profiled(body)


@router.post("/design")
def design(body: RunLengthDesignDraft, actor: ActorDep) -> RunLengthDesignView:
    """Find the chart that finds a shift fastest at a wanted distance of false alarms."""
    del actor  # whoever may call may ask
    return run_length_answers.designed(body)
