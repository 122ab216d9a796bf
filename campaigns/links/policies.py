from campaigns.agreements.models import Fulfilment
from campaigns.briefs.policies import check_agency
from config.identity.models import User
from config.kernel.errors import NotFound


def check_may_link(by: User, publication_id: int) -> None:
    """The influencer whose post it is, or the agency. Raises NotFound, NotAllowed."""
    post = (
        Fulfilment.objects.select_related("deliverable__agreement__campaign")
        .filter(publication_id=publication_id)
        .first()
    )
    if post is None:
        raise NotFound
    agreement = post.deliverable.agreement
    if agreement.participant.influencer.user_id != by.pk:
        check_agency(by, agreement.campaign)
