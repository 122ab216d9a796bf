"""Those who speak, for tests, brought in by the real actions."""

from config.identity.models import Organisation, User
from influencers.actions import add_influencer
from influencers.models import Influencer
from influencers.values import NewChannel
from tests.identity.people import member


def agency(
    email: str = "vera@conversa.example", name: str = "Conversa"
) -> tuple[User, Organisation]:
    user = member(email, "agency", name)
    return user, user.memberships.get().organisation


def blog(url: str = "https://pane.example/", name: str = "Pane") -> NewChannel:
    return NewChannel(platform="blog", name=name, url=url, language="it")


def influencer(
    by: User | None = None, email: str = "hana@pane.example", name: str = "Hana Kovač"
) -> Influencer:
    return add_influencer(email=email, name=name, language="it", by=by)
