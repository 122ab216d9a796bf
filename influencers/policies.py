"""Who may write what of an influencer: the person themself; an agency only before they come in."""

from config.identity.models import Organisation, User
from config.identity.queries import agencies_of
from config.kernel.errors import NotAllowed
from influencers.errors import NotYourProfile
from influencers.models import Influencer, RosterEntry


def check_is_self(by: User, influencer: Influencer) -> None:
    """Raises NotYourProfile."""
    if influencer.user_id != by.pk:
        raise NotYourProfile


def check_may_describe(by: User, influencer: Influencer) -> None:
    """The person, or until their first sign-in an agency that knows them. Raises NotYourProfile."""
    if influencer.user_id == by.pk:
        return
    known = RosterEntry.objects.filter(organisation__in=agencies_of(by), influencer=influencer)
    if influencer.user.last_login is not None or not known.exists():
        raise NotYourProfile


def check_works_for(by: User, agency: Organisation) -> None:
    """Raises NotAllowed."""
    if not agencies_of(by).filter(pk=agency.pk).exists():
        raise NotAllowed
