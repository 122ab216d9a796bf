"""What many say or do together: a channel's figures, comments alike, votes. Three pure engines.

`series`, `comments` and `votes` take plain values and give findings in figures. Every finding goes
to a person (severity review): figures show that something happened, never why, and nothing follows
from them by itself. Families, sentences and sources are in rules/crowds.yaml, the way they reckon
and how well in docs/crowds.md.
"""

from campaigns.quality.crowds import comments, series, votes
from campaigns.quality.crowds.rules import Figure, Found, rules, told

__all__ = ["Figure", "Found", "comments", "rules", "series", "told", "votes"]
