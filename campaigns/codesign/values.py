"""Letters and where everybody stands, as values."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaigns.codesign.states import LETS_PASS, Stance
from influencers.values import NewChannel

if TYPE_CHECKING:
    from campaigns.codesign.models import Mechanic, Participant, Position

LETTER_LIMIT = 10  # how many people the same words may reach


@dataclass(frozen=True)
class Letter:
    """An invitation, written to one person."""

    why_you: str
    who_knows_you: str
    what_is_asked: str
    what_is_paid: str
    how_to_say_no: str

    def digest(self, name: str) -> str:
        """SHA-256 (hex) of the personal part, without case, punctuation and the name.

        What is asked and paid is rightly the same for all; why you and who knows you is not.
        """
        words = re.findall(r"\w+", f"{self.why_you} {self.who_knows_you}".casefold())
        own = set(re.findall(r"\w+", name.casefold()))
        text = " ".join(word for word in words if word not in own)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Newcomer:
    """Somebody the agency knows and Patto does not yet."""

    name: str
    email: str
    language: str
    channel: NewChannel


@dataclass(frozen=True)
class Seat:
    """A participant and their newest position on the newest version; None while silent."""

    participant: "Participant"
    position: "Position | None"


@dataclass(frozen=True)
class Consent:
    """Where everybody stands on the newest version. Silence is never consent.

    open_objections: of every version, not only the newest. quorum_bps: share of the joined who
    must consent, in basis points.
    """

    mechanic: "Mechanic"
    seats: tuple[Seat, ...]
    open_objections: tuple["Position", ...]
    quorum_bps: int

    @property
    def counts(self) -> Counter[str]:
        return Counter(seat.position.stance if seat.position else "" for seat in self.seats)

    @property
    def waiting(self) -> list[Seat]:
        """Who has not let it pass yet: silent, in doubt or objecting."""
        return [s for s in self.seats if not s.position or s.position.stance not in LETS_PASS]

    @property
    def silent(self) -> list[Seat]:
        """Who has no word on the newest version that still holds."""
        return [seat for seat in self.seats if self.stance_of(seat) is None]

    def stance_of(self, seat: Seat) -> str | None:
        """Where somebody stands; None while silent, and once their objection is closed."""
        position = seat.position
        if position is None:
            return None
        closed = position.stance == Stance.OBJECTION and position not in self.open_objections
        return None if closed else position.stance

    @property
    def quorum_is_met(self) -> bool:
        return self.counts[Stance.CONSENT] * 10_000 >= self.quorum_bps * len(self.seats)
