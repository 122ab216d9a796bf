"""A series, a list of comments or of votes as it is handed in: text, read and judged."""

from campaigns.quality.crowds import comments, series, votes
from campaigns.quality.crowds.comments import Comment, Group
from campaigns.quality.crowds.rules import Figure, Found
from influencers.figures import read


def of_series(words: str) -> list[Found]:
    """Raises BadSeries."""
    return series.judge(read(words), words)


def of_comments(words: str) -> list[Found]:
    """Raises BadComment."""
    given = comments.read(words)
    return [_puppets(group, given, words) for group in comments.groups(given)]


def of_votes(words: str) -> list[Found]:
    """Entry by entry. Raises BadVote."""
    contest = votes.read(words)
    judged = votes.judge(contest.votes, contest.owners)
    return [found for each in judged.values() for found in each]


def _puppets(group: Group, given: list[Comment], words: str) -> Found:
    start, end = given[group.members[0]].span
    figures: dict[str, Figure] = {
        "comments": len(group.members),
        "accounts": group.accounts,
        "young": group.young,
        "age": round(group.median_age_days, 1),
        "minutes": group.minutes,
        "posts": group.posts or None,
    }
    rule = "identity.sock_puppets.same_words"
    return Found(rule, figures, start, end, words[start:end], group.members)
