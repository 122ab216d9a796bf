"""What fetches a link without reading it and means no harm: previews, crawlers, mail scanners."""

import numpy as np
import polars as pl
from numpy.random import Generator

from tests.benchmarks.agents import listed
from tests.benchmarks.streams_honest import Voice
from tests.benchmarks.streams_net import Networks, scattered
from tests.benchmarks.streams_people import DAY, HOUR, LOST, SECOND, Visits, people, rows

# The fetchers most seen under a shared link, beside those of agents.csv.
COMMON = (
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "WhatsApp/2.23.20.0",
    "WhatsApp/2.2587.9 W",
    "TelegramBot (like TwitterBot)",
    "Twitterbot/1.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
    "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
)


def fetches(rng: Generator, world: Networks, voice: Voice, n: int, kind: str) -> pl.DataFrame:
    """n fetches of one kind: preview (after a post or a share), crawler, or mail_scanner.

    Crawlers keep to the declared agents of `agents.csv`; a mail scanner says it is a browser.
    """
    crowd = people(rng, world, n, voice.audience)
    crowd.home = world.pick(rng, "", "hosting", n)
    crowd.home_address = world.first[crowd.home] + scattered(crowd.ident) % world.size[crowd.home]
    crowd.moves[:], crowd.roams = False, np.zeros(n)
    crowd.six_home = rng.random(n) < 0.15
    crowd.language[:], crowd.referer[:] = "", ""
    since = np.array(voice.posts)[rng.integers(0, len(voice.posts), n)]
    when = since + (rng.exponential(10 * HOUR, n)).astype(np.int64)
    if kind == "preview":
        pool = COMMON * 8 + listed("preview")
        phones = rng.random(n) < 0.25  # a messenger that fetches from the sender's own phone
        crowd.roams = np.where(phones, 0.9, 0.0)
        crowd.agent = rng.choice(np.array(pool, dtype=object), n)
    elif kind == "crawler":
        crowd.agent = rng.choice(np.array(listed("crawler"), dtype=object), n)
        when = rng.integers(min(voice.posts), voice.days * DAY, n)
    else:
        gates = scattered(rng.integers(0, 12, n), 31)
        crowd.home_address = world.first[crowd.home] + gates % world.size[crowd.home]
        when = since + (rng.exponential(90, n) * SECOND).astype(np.int64)
    dwell = np.full(n, LOST)
    return rows(rng, world, crowd, Visits(np.arange(n), when, dwell, np.zeros(n, bool)))
