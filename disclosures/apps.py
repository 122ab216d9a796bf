from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    label = "disclosures"

    def ready(self) -> None:
        from config.kernel import events
        from disclosures import tasks

        events.listen("disclosures.registered", tasks.on_look_queued)
        events.listen("disclosures.look_asked", tasks.on_look_queued)
