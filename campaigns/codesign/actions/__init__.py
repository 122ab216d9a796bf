"""What changes in co-design: people come and go, versions and positions follow each other."""

from campaigns.codesign.actions.people import answer_invitation, invite, invite_newcomer, leave
from campaigns.codesign.actions.positions import clear_objection, comment, take_position
from campaigns.codesign.actions.versions import extend_round, propose_mechanic

__all__ = [
    "answer_invitation",
    "clear_objection",
    "comment",
    "extend_round",
    "invite",
    "invite_newcomer",
    "leave",
    "propose_mechanic",
    "take_position",
]
