"""Who hears of what happens here. Only tasks are enqueued."""

from campaigns.codesign import tasks
from campaigns.codesign.states import Stance
from config.kernel import events
from config.kernel.models import Event


def connect() -> None:
    events.listen("codesign.invited", on_invited)
    events.listen("codesign.mechanic_proposed", on_proposed)
    events.listen("codesign.position_taken", on_position)


def on_invited(event_id: int) -> None:
    tasks.mail_letter.delay(event_id)


def on_proposed(event_id: int) -> None:
    tasks.mail_ask.delay(event_id)


def on_position(event_id: int) -> None:
    if Event.objects.get(pk=event_id).facts["stance"] == Stance.OBJECTION:
        tasks.mail_objection.delay(event_id)
