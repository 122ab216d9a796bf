"""Whether handed-in words, figures and lists of comments or votes can be read at all, before they
are kept."""

from django.utils.translation import gettext as _

from campaigns.quality.crowds import comments, votes
from campaigns.quality.states import Kind
from config.kernel.errors import InvalidInput
from influencers.figures import BadSeries, read
from influencers.wording import said

LONGEST = 20_000
LONGEST_LIST = 200_000  # some two thousand votes
LISTS = frozenset({Kind.COMMENT, Kind.SERIES, Kind.VOTES, Kind.CLICKS})


def check_readable(*, kind: str, words: str) -> None:
    """Raises InvalidInput on the field `words`, naming the line where there is one."""
    if len(words) > LONGEST and kind not in LISTS:
        raise InvalidInput({"words": [_("Keep it under twenty thousand characters.")]})
    try:
        if kind == Kind.SERIES:
            read(words)
        elif kind == Kind.VOTES:
            votes.read(words)
        elif kind == Kind.COMMENT and comments.is_list(words):
            comments.read(words)
    except BadSeries as fault:
        raise InvalidInput({"words": [said(fault)]}) from fault
    except comments.BadComment as fault:
        sentence = _("Line %(line)s is no comment: each line needs its text, as in the first one.")
        raise InvalidInput({"words": [sentence % {"line": fault.line}]}) from fault
    except votes.BadVote as fault:
        sentence = _(
            "Line %(line)s is no vote: each needs its entry, and its moment with its offset."
        )
        raise InvalidInput({"words": [sentence % {"line": fault.line}]}) from fault
