"""Whose click was it: a reader's, a machine's, a hired hand's, or the influencer's own?

Every click is counted, a duplicate, or excluded for one reason; every influencer gets a verdict
with figures a person can check. Pure: no database, no clock. docs/clicks.md explains each reason,
what it is told by and where that comes from.
"""

from campaigns.quality.clicks.judging import judge
from campaigns.quality.clicks.values import Account, Judged, Link

__all__ = ["Account", "Judged", "Link", "judge"]
