"""State changes of quality: checks, appeals and rulings, checks by newer rules."""

from campaigns.quality.actions.checks import (
    LOST_AFTER,
    MOST_BREAKS,
    MOST_LOSSES,
    lost_checks,
    retry,
    run_check,
    submit,
)
from campaigns.quality.actions.rechecks import finish_rechecks, start_recheck
from campaigns.quality.actions.rulings import appeal, rule

__all__ = [
    "LOST_AFTER",
    "MOST_BREAKS",
    "MOST_LOSSES",
    "appeal",
    "finish_rechecks",
    "lost_checks",
    "retry",
    "rule",
    "run_check",
    "start_recheck",
    "submit",
]
