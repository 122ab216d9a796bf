"""Links and clicks on them; the judging of clicks; what people say of an account."""

from campaigns.links.actions.following import make_link, record_click
from campaigns.links.actions.hearing import reply, say_word
from campaigns.links.actions.judging import (
    lost_judgings,
    queue_after_check,
    queue_due_judgings,
    queue_judging,
    queue_material,
    run_judging,
)

__all__ = [
    "lost_judgings",
    "make_link",
    "queue_after_check",
    "queue_due_judgings",
    "queue_judging",
    "queue_material",
    "record_click",
    "reply",
    "run_judging",
    "say_word",
]
