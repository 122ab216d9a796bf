"""Where posts are: one file a channel, each over the one way out to the web.

A channel's file has `read(url) -> PageRead`; it raises Unreadable, or the FetchError of the way
out. What only its owner may see is read with the owner's token or not at all.
"""

from collections.abc import Callable

from config.kernel.fetching import FetchError, FetchFailed
from disclosures.channels import bluesky, mastodon, web, youtube
from disclosures.channels.values import PageRead, Unreadable

OWNERS_ONLY = frozenset({"instagram", "tiktok"})  # nothing there is open to a machine

READERS: dict[str, Callable[[str], PageRead]] = {
    "bluesky": bluesky.read,
    "mastodon": mastodon.read,
    "youtube": youtube.read,
}


def read_post(url: str, platform: str, known: PageRead | None = None) -> PageRead:
    """The post at an address as it is now, or `known` where nothing has changed since.

    Blocks on the network. Raises Unreadable.
    """
    if platform in OWNERS_ONLY:
        raise Unreadable("token_needed")
    reader = READERS.get(platform)
    try:
        return reader(url) if reader else web.read(url, known)
    except FetchError as error:
        retry_after = error.retry_after if isinstance(error, FetchFailed) else None
        raise Unreadable(error.reason, retry_after) from error
