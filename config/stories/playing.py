"""Play a story through the real actions, as its people would; a worker does what workers do."""

import hashlib

from campaigns.briefs import actions as briefs
from campaigns.briefs.states import Stage
from config.kernel.fields import PUBLIC_ID_LENGTH
from config.stories.agreeing import agree_on_how, agree_on_terms
from config.stories.airing import close, go_live, pay, publish
from config.stories.cast import gather
from config.stories.drafting import all_accepted, hand_in
from config.stories.play import Play
from config.stories.reading import Story
from config.stories.site import Site


def play(story: Story, sites: Site) -> Play:
    """Tell the whole story. Playing it again finds everything done already."""
    cast = gather(story)
    campaign = briefs.create_campaign(
        by=cast.manager,
        agency=cast.agency,
        brand=cast.brand,
        title=story.title,
        language=story.language,
        jurisdictions=[story.told["jurisdiction"]],
        currency=story.currency,
        public_id=public_id(story),
    )
    played = Play(story, cast, campaign, sites)
    if campaign.stage == Stage.DRAFT:
        hand_in(played)
    if "terms_each" in story.told and all_accepted(played):
        for act in (agree_on_how, agree_on_terms, go_live, publish, pay, close):
            act(played)
    return played


def public_id(story: Story) -> str:
    """The same story is the same campaign."""
    digest = hashlib.sha256(f"{story.name}/{story.title}".encode()).hexdigest()
    return f"story{digest}"[:PUBLIC_ID_LENGTH]
