from celery import shared_task

from config.identity import mail


@shared_task(name="identity.send_mails")
def send_mails() -> int:
    return mail.send_owed()
