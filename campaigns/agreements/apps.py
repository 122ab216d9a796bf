from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "campaigns.agreements"
    label = "agreements"

    def ready(self) -> None:
        from campaigns.agreements import tasks
        from config.kernel import events

        events.listen("disclosures.checked", tasks.on_checked)
