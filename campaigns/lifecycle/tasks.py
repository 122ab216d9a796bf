from celery import shared_task

from campaigns.lifecycle import actions


@shared_task(name="lifecycle.recheck")
def recheck() -> None:
    """Once newer rules are installed: check what is under way by them."""
    actions.recheck_open_campaigns()
