"""News from the rooms below. Each only enqueues a task."""

from campaigns.payouts import tasks


def owe_for_publication(event_id: int) -> None:
    tasks.owe_for_publication.delay(event_id)
