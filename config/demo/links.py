"""Single-use doors of the demonstration, for one run only.

Each is a file named by the token's SHA-256 that holds the person's key; opening renames it, so of
two who come with the same token one finds it used. A new run clears the folder.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.identity.models import User
from config.kernel.errors import DomainError, NotFound

PEOPLE = "people.json"


class LinkUsed(DomainError):
    code = "demo_link_used"
    status = 410
    message = _(
        "This link was used already: each opens once. Open /demo/ and choose a person there."
    )


class LinkOld(DomainError):
    code = "demo_link_old"
    status = 410
    message = _("This link is from an earlier run. Open /demo/ and choose a person there.")


def make(users: Mapping[str, User]) -> dict[str, str]:
    """A fresh address for each role; what earlier runs gave out opens nothing any more."""
    folder = _folder()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    (folder / PEOPLE).write_text(json.dumps({role: user.pk for role, user in users.items()}))
    return {role: _door_of(user) for role, user in users.items()}


def people() -> dict[str, User]:
    """Who can be entered as in this run, by role."""
    file = _folder() / PEOPLE
    keys: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
    found = User.objects.filter(is_active=True).in_bulk(keys.values())
    return {role: found[key] for role, key in keys.items() if key in found}


def person(role: str) -> User:
    """Raises NotFound for a role nobody plays."""
    found = people().get(role)
    if found is None:
        raise NotFound
    return found


def check_unused(token: str) -> None:
    """Raises LinkUsed, LinkOld."""
    door = _door(token)
    if door.with_suffix(".used").exists():
        raise LinkUsed
    if not door.exists():
        raise LinkOld


def open_once(token: str) -> User:
    """The person of the token, which opens nothing afterwards. Raises LinkUsed, LinkOld."""
    check_unused(token)
    door = _door(token)
    try:
        used = door.rename(door.with_suffix(".used"))
    except FileNotFoundError:
        raise LinkUsed from None
    user = User.objects.filter(pk=int(used.read_text()), is_active=True).first()
    if user is None:
        raise LinkOld
    return user


def _door_of(user: User) -> str:
    token = secrets.token_urlsafe(24)
    _door(token).write_text(str(user.pk))
    return settings.SITE_URL + reverse("demo:enter", args=[token])


def _door(token: str) -> Path:
    return _folder() / hashlib.sha256(token.encode()).hexdigest()


def _folder() -> Path:
    return Path(settings.VAR) / "demo-links"
