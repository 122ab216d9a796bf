"""The one way out to the web: public pages only, read whole or not at all.

`fetch` checks the address and the connection, keeps to a deadline and to sizes, and obeys
robots.txt. Nothing else in Patto uses httpx.
"""

from .fetcher import ask_api, fetch
from .values import Conditional, Fetched, FetchError, FetchFailed, FetchRefused, Hop, Limits

__all__ = [
    "Conditional",
    "FetchError",
    "FetchFailed",
    "FetchRefused",
    "Fetched",
    "Hop",
    "Limits",
    "ask_api",
    "fetch",
]
