"""State changes of co-design: people come and go, versions follow each other, positions are taken."""

from campaigns.codesign.actions.people import answer_invitation, invite, leave
from campaigns.codesign.actions.positions import clear_objection, comment, take_position
from campaigns.codesign.actions.versions import extend_round, propose_mechanic

__all__ = [
    "answer_invitation",
    "clear_objection",
    "comment",
    "extend_round",
    "invite",
    "leave",
    "propose_mechanic",
    "take_position",
]
