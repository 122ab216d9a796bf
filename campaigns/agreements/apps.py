from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "campaigns.agreements"
    label = "agreements"

    def ready(self) -> None:
        from campaigns.agreements import mails, tasks
        from config.kernel import events

        events.listen("agreements.terms_offered", mails.offered)
        events.listen("agreements.agreed", mails.agreed)
        events.listen("disclosures.checked", tasks.on_checked)
        events.listen("disclosures.feed_found", tasks.on_feed_found)
        events.listen("disclosures.found", mails.found)
