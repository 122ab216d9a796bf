"""People and organisations for tests, brought in by the real actions."""

from config.identity.actions import add_membership, add_organisation, add_user
from config.identity.models import Organisation, User


def person(email: str = "vera@conversa.example", name: str = "Vera Monti") -> User:
    return add_user(email=email, name=name)


def organisation(kind: str = "agency", name: str = "Conversa") -> Organisation:
    return add_organisation(name=name, kind=kind)


def member(
    email: str = "vera@conversa.example", kind: str = "agency", name: str = "Conversa"
) -> User:
    user = person(email)
    add_membership(user=user, organisation=organisation(kind, name))
    return user
