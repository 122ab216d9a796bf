"""What changes who may come in, and how a person reads and signs."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from config.identity import tokens
from config.identity.errors import OrganisationUnnamed, TokenNameTaken, TooManyTokens
from config.identity.models import (
    ApiToken,
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    User,
)
from config.identity.queries import token_for
from config.kernel import events

MOST_TOKENS = 20


@transaction.atomic
def add_user(*, email: str, name: str, language: str = "") -> User:
    """The person of this address; a new one if nobody has it. What they chose stays theirs."""
    first = {"name": name, "language": _language(language), "password": make_password(None)}
    user, _ = User.objects.get_or_create(email=email.strip().lower(), defaults=first)
    return user


@transaction.atomic
def add_organisation(*, name: str, kind: str, by: User | None = None) -> Organisation:
    """A new agency or brand. Raises OrganisationUnnamed."""
    if not name.strip() or kind not in OrganisationKind.values:
        raise OrganisationUnnamed
    organisation = Organisation.objects.create(name=name.strip(), kind=kind)
    events.record("organisation.added", subject=organisation, by=by, is_a=kind)
    return organisation


@transaction.atomic
def add_membership(
    *,
    user: User,
    organisation: Organisation,
    role: str = MemberRole.MANAGER,
    by: User | None = None,
) -> Membership:
    """`user` works for the organisation; twice is the same as once, with the newer role."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    found = Membership.objects.filter(user=user, organisation=organisation).first()
    if found and found.role == role:
        return found
    membership, _ = Membership.objects.update_or_create(
        user=user, organisation=organisation, defaults={"role": role}
    )
    events.record(
        "organisation.member_added", subject=organisation, by=by, user=user.pk, role=str(role)
    )
    return membership


@transaction.atomic
def make_reviewer(*, user: User, by: User | None = None) -> User:
    """The person rules appeals on quality checks, wherever they have no part."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_reviewer:
        return user
    user.is_reviewer = True
    user.save(update_fields=["is_reviewer"])
    events.record("user.made_reviewer", subject=user, by=by)
    return user


@transaction.atomic
def save_profile(*, user_id: int, name: str, language: str) -> User:
    """How the person is called and in which language we write to them."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.name, user.language = name, _language(language)
    user.save(update_fields=["name", "language"])
    return user


@transaction.atomic
def choose_language(*, user_id: int, language: str) -> User:
    """The person reads, and gets their mails, in this language."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.language = _language(language)
    user.save(update_fields=["language"])
    return user


@transaction.atomic
def make_token(*, user_id: int, name: str) -> str:
    """A new API token, readable this once. Raises TokenNameTaken, TooManyTokens."""
    user = User.objects.select_for_update().get(pk=user_id)
    mine = ApiToken.objects.filter(user=user)
    if mine.filter(name=name).exists():
        raise TokenNameTaken(name=name)
    if mine.count() >= MOST_TOKENS:
        raise TooManyTokens(most=MOST_TOKENS)
    events.record("user.token_made", subject=user, by=user)
    return tokens.make(user, name)


@transaction.atomic
def revoke_token(*, user_id: int, token_id: int) -> None:
    """From now on the token opens nothing. Raises NotFound."""
    user = User.objects.select_for_update().get(pk=user_id)
    token_for(user, token_id).delete()
    events.record("user.token_revoked", subject=user, by=user)


def _language(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
