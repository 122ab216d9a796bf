"""What is wrong with a pasted table of figures, said to whom pasted it."""

from django.utils.translation import gettext as _

from influencers.figures import BadSeries
from influencers.figures.days import LONGEST_EVENT, MOST_DAYS


def said(fault: BadSeries) -> str:
    """One whole sentence, in the reader's language."""
    sentences = {
        "lines": _("Write one day a line: the day, then the followers."),
        "days": _("There are more than %(days)s days. Leave out the oldest."),
        "header": _(
            "The first line must name the columns day and followers, and may name posts, likes,"
            " comments, views, active_percent and event."
        ),
        "day": _("Line %(line)s: write the day as 2026-03-31."),
        "twice": _("Line %(line)s: this day is there already, %(words)s."),
        "figure": _(
            "Line %(line)s: write each figure as a whole number, and leave the cell empty where"
            " nobody knows it."
        ),
        "event": _("Line %(line)s: say what happened in at most %(letters)s letters."),
    }
    facts = {
        "line": fault.line,
        "words": fault.words,
        "days": MOST_DAYS,
        "letters": LONGEST_EVENT,
    }
    return sentences[fault.reason] % facts
