from celery import shared_task

from campaigns.ledger import actions


@shared_task(name="ledger.seal")
def seal() -> int:
    return actions.seal()
