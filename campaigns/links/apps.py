from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "campaigns.links"
    label = "links"

    def ready(self) -> None:
        from campaigns.links import places, tasks
        from config.kernel import events

        places.look_over()
        events.listen("links.judging_queued", tasks.on_queued)
        events.listen("briefs.material_handed_in", tasks.on_material)
        events.listen("quality.decided", tasks.on_decided)
