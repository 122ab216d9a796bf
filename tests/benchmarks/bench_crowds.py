"""100,000 comments read for groups that say the same: time, memory, and what is found.

The comments are made up from a vocabulary of 30,000 invented words drawn as words are (a few very
often), so that shingles repeat as in real text. Among them: 300 groups of 5 to 60 puppets, one
group of 5,000, 8,000 wishes and bits of praise, and 2,000 times one line of a song by accounts of
all ages. Limits: 100,000 comments are what a widely read contest gathers; 20 seconds is a fifth of
a task's time limit on a slow core, and 500 MB is what a small worker has to spare. Ten times the
comments may take twenty times as long, since what is remembered of them no longer fits; all pairs
would take a hundred times.
"""

import random
import resource
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from campaigns.quality.crowds.comments import Comment, groups
from tests.benchmarks.figures import Figures

COMMENTS = 100_000
MAY = datetime(2026, 5, 4, tzinfo=UTC)
SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in ("a", "e", "i", "o", "an", "er", "in", "os")]
PRAISE = ("so cute", "Happy birthday!", "che bella", "Auguri!", "trop beau", "love this", "wow")
SONG = "e se domani io non potessi rivedere il tuo viso amore mio lontano"


def _vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """The words and, summed up, how often each is drawn."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(30_000)]
    weights = accumulate(1 / (rank + 3) for rank in range(len(words)))
    return words, list(weights)


def _all(size: int) -> tuple[list[Comment], set[int]]:
    """The comments in a random order, and the places of the puppets' own."""
    chance = random.Random(size)
    words, weights = _vocabulary(chance)

    def sentence() -> list[str]:
        return chance.choices(words, cum_weights=weights, k=chance.randint(4, 22))

    def comment(text: str, age: float, at: datetime) -> Comment:
        return Comment(text, author=str(chance.random()), age_days=age, at=at, post="1")

    def somebody(text: str) -> Comment:
        at = MAY + timedelta(minutes=chance.randint(0, 30 * 1440))
        return comment(text, chance.lognormvariate(6, 1.2), at)

    honest = [somebody(chance.choice(PRAISE)) for _ in range(size * 8 // 100)]
    honest += [somebody(SONG) for _ in range(size * 2 // 100)]
    puppets: list[Comment] = []
    sizes = [size // 20, *(chance.randint(5, 60) for _ in range(size * 3 // 1000))]
    for group in sizes:
        said, begins = chance.choices(words[200:], k=14), MAY + timedelta(days=chance.randint(0, 9))
        for _ in range(group):
            changed = said[:]
            changed[chance.randrange(14)] = chance.choice(words)
            at = begins + timedelta(minutes=chance.randint(0, 600))
            puppets.append(comment(" ".join(changed), chance.uniform(0, 9), at))
    while len(honest) + len(puppets) < size:
        honest.append(somebody(" ".join(sentence())))
    mixed = [(each, False) for each in honest] + [(each, True) for each in puppets]
    chance.shuffle(mixed)
    return [each for each, _ in mixed], {nth for nth, (_, own) in enumerate(mixed) if own}


def _timed(size: int) -> tuple[float, float, float, int]:
    """Seconds of one core, share of puppets found, of others found, and how many groups."""
    comments, puppets = _all(size)
    began = time.process_time()
    found = groups(comments)
    seconds = time.process_time() - began
    members = {each for group in found for each in group.members}
    others = len(comments) - len(puppets)
    return (
        seconds,
        len(members & puppets) / len(puppets),
        len(members - puppets) / others,
        len(found),
    )


def main() -> None:
    figures = Figures()
    tenth, *_ = _timed(COMMENTS // 10)
    seconds, caught, wrong, found = _timed(COMMENTS)
    figures.at_most("100,000 comments, on one core", seconds, 20, "s")
    figures.at_most("ten times the comments take, times the time", seconds / tenth, 20)
    figures.at_least("puppets' comments found", 100 * caught, 95, "%")
    figures.at_most("others' comments found", 100 * wrong, 0.1, "%")
    figures.told("groups", found)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures.at_most("memory of the process", most, 500, "MB")
    figures.done()


if __name__ == "__main__":
    main()
