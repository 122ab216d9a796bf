"""When a page is read again: on the days a post is changed most, then each month of its term.

Pure: no clock, no rows.
"""

from datetime import datetime, timedelta

FIRST = (timedelta(hours=1), timedelta(days=1), timedelta(days=7), timedelta(days=30))
MONTH = timedelta(days=30)
TERM_MONTHS = 12  # where nobody agreed a longer one
#: Reasons that may be gone in a minute; the others are the page's own answer.
OUR_PACE = "host_busy"  # it is not the page's turn yet: no try was made
PASSING = frozenset(
    {"dns", "connect", "cut", "deadline", "robots_unreachable"}
    | {"http_408", "http_425", "http_429", "http_500", "http_502", "http_503", "http_504"}
)
_WAITS = (timedelta(minutes=1), timedelta(minutes=5))  # after the first try, after the second
LONGEST_WAIT = timedelta(hours=1)  # a site that asks for more is read when the schedule says


def next_look(registered_at: datetime, *, months: int, after: datetime) -> datetime | None:
    """The first mark of the schedule later than `after`, and none past the term.

    Marks: 1 hour, 1 day, 7 days, 30 days after registration, then every 30 days; the last one is
    the end of the term of `months` times 30 days. A mark nobody kept is not made up for.
    """
    ends = registered_at + months * MONTH
    if after >= ends:
        return None
    for step in FIRST:
        if registered_at + step > after:
            return min(registered_at + step, ends)
    whole_months = (after - registered_at) // MONTH
    return min(registered_at + (whole_months + 1) * MONTH, ends)


def next_try(reason: str, tries: int, retry_after: float | None) -> timedelta | None:
    """How long to wait before a page is tried again; None where it is no use.

    tries: how many there were; retry_after: seconds the site asked for.
    """
    asked = timedelta(seconds=retry_after or 0)
    if reason == OUR_PACE:
        wait = asked
    elif reason in PASSING and tries <= len(_WAITS):
        wait = max(_WAITS[tries - 1], asked)
    else:
        return None
    return wait if wait <= LONGEST_WAIT else None
