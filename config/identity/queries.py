"""Reads about people and the organisations they work for."""

from django.db.models import QuerySet

from config.identity.models import ApiToken, Organisation, OrganisationKind, User
from config.kernel.errors import NotFound


def user_by_email(email: str) -> User | None:
    """The person of an address, in whatever case it is typed."""
    return User.objects.filter(email=email.strip().lower()).first()


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The agencies and brands the person works for, oldest membership first."""
    return Organisation.objects.filter(memberships__user=user).order_by("memberships__pk")


def agencies_of(user: User) -> QuerySet[Organisation]:
    return organisations_of(user).filter(kind=OrganisationKind.AGENCY)


def brands_of(user: User) -> QuerySet[Organisation]:
    return organisations_of(user).filter(kind=OrganisationKind.BRAND)


def members_of(organisation: Organisation) -> QuerySet[User]:
    """Who may still sign in for the organisation."""
    return User.objects.filter(memberships__organisation=organisation, is_active=True).order_by(
        "pk"
    )


def tokens_of(user: User) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=user)


def token_for(user: User, pk: int) -> ApiToken:
    """A token of this person. Raises NotFound for anybody else's."""
    token = tokens_of(user).filter(pk=pk).first()
    if token is None:
        raise NotFound
    return token


def organisation_named(name: str, kind: str) -> Organisation | None:
    return Organisation.objects.filter(name=name, kind=kind).order_by("pk").first()
