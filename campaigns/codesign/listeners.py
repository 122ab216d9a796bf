"""Who hears of what happens here. A mail owed is a row; the worker sends it."""

from campaigns.codesign import mails
from campaigns.codesign.states import Stance
from config.kernel import events
from config.kernel.models import Event


def connect() -> None:
    events.listen("codesign.invited", mails.letter)
    events.listen("codesign.mechanic_proposed", mails.ask)
    events.listen("codesign.position_taken", on_position)


def on_position(event_id: int) -> None:
    if Event.objects.get(pk=event_id).facts["stance"] == Stance.OBJECTION:
        mails.objection(event_id)
