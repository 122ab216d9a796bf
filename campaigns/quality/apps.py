from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "campaigns.quality"
    label = "quality"

    def ready(self) -> None:
        from campaigns.quality import tasks
        from config.kernel import events

        events.listen("quality.check_queued", tasks.on_queued)
        events.listen("quality.recheck_started", tasks.on_recheck)
