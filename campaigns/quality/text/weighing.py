"""What the small model makes of a rule's find: whether a machine is sure, and whether it is one.

A rule sees an ask and a reward near each other; the model sees all the words of the passage. A find
in a passage that does not read like those that buy a gesture is not refused but read by a person,
and where it reads plainly otherwise it is let go. The model never makes a find graver, and what
stands in another paragraph makes none lighter.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from campaigns.quality.values import Severity

UNTAUGHT = ("audience.", "content.", "platform.")  # families the training texts say nothing of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule found something: half-open, in the original text.

    passage: the sentence and its neighbours, as folding leaves them.
    """

    rule: str
    start: int
    end: int
    severity: Severity
    passage: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The scores a find is weighed by, as `manage.py train_text_model` measured them.

    sure: from here a machine refuses alone. plain: below it, by severity, a find is let go.
    """

    sure: float
    plain: dict[Severity, float]


def weighed(found: Iterable[Place], score_of: Callable[[str], float], bars: Bars) -> list[Place]:
    """score_of: the model's, of a passage."""
    kept = []
    for place in found:
        if place.rule.startswith(UNTAUGHT) or (score := score_of(place.passage)) >= bars.sure:
            kept.append(place)
        elif score >= bars.plain[place.severity]:
            kept.append(replace(place, severity="review"))
    return kept
