"""What a channel shows of itself day by day, and what can be read from it. Pure: no Django."""

from influencers.figures.changes import Change, falls, jumps
from influencers.figures.days import BadSeries, Day, read
from influencers.figures.reactions import Flat, Peer, Reacting, flat, rate_of, reacting

__all__ = [
    "BadSeries",
    "Change",
    "Day",
    "Flat",
    "Peer",
    "Reacting",
    "falls",
    "flat",
    "jumps",
    "rate_of",
    "reacting",
    "read",
]
