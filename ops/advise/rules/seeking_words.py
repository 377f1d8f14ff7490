"""Sentences that count and list what is sought."""

from collections.abc import Mapping

from ops.advise.rules.saying import Ladder, Saying

LADDERS: Mapping[str, Ladder] = {
    "drifts": (
        Saying("{count__value} of {of__value} {things} have moved or drift: {members}."),
        Saying("{count__value} of {of__value} {things} have moved or drift."),
    ),
    "still": (
        Saying(
            "{count__value} of {of__value} {things} have no movement that was found: {members}."
        ),
        Saying("{count__value} of {of__value} {things} have no movement that was found."),
    ),
    "capable": (
        Saying("{count__value} of {of__value} {things} are capable: {members}."),
        Saying("{count__value} of {of__value} {things} are capable."),
    ),
    "incapable": (
        Saying("{count__value} of {of__value} {things} are not capable: {members}."),
        Saying("{count__value} of {of__value} {things} are not capable."),
    ),
    "stable": (
        Saying("{count__value} of {of__value} {things} are stable: {members}."),
        Saying("{count__value} of {of__value} {things} are stable."),
    ),
    "unstable": (
        Saying("{count__value} of {of__value} {things} are not stable: {members}."),
        Saying("{count__value} of {of__value} {things} are not stable."),
    ),
    "alerted": (
        Saying("{count__value} of {of__value} {things} have open alerts: {members}."),
        Saying("{count__value} of {of__value} {things} have open alerts."),
    ),
    "known": (
        Saying("{count__value} {things} are known: {members}."),
        Saying("{count__value} {things} are known."),
    ),
    "good": (
        Saying(
            "{count__value} of {of__value} {things} have nothing that is judged as bad or"
            " nearly so: {members}."
        ),
        Saying(
            "{count__value} of {of__value} {things} have nothing that is judged as bad or"
            " nearly so."
        ),
    ),
    "bad": (
        Saying(
            "{count__value} of {of__value} {things} have something that is judged as bad or"
            " nearly so: {members}."
        ),
        Saying(
            "{count__value} of {of__value} {things} have something that is judged as bad or"
            " nearly so."
        ),
    ),
    "above": (
        Saying("Above {bound} ({bound__label}) are {count__value} of {of__value}: {members}."),
        Saying("Above {bound} ({bound__label}) are {count__value} of {of__value}."),
    ),
    "below": (
        Saying("Below {bound} ({bound__label}) are {count__value} of {of__value}: {members}."),
        Saying("Below {bound} ({bound__label}) are {count__value} of {of__value}."),
    ),
}
OPEN: Ladder = (Saying("Whether they are capable is not decided by the data of {open_members}."),)
BEGUN: Ladder = (
    Saying("Of these {begun__value} began in the time that was asked about: {begun_members}."),
    Saying("Of these {begun__value} began in the time that was asked about."),
)
