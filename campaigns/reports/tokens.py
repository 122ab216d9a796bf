"""Tokens of share links: 256 bits nobody can guess, of which only the SHA-256 is kept."""

import hashlib
import secrets

from django.core import signing

BYTES = 32
VALID_SECONDS = 86_400


def new_token() -> str:
    return secrets.token_urlsafe(BYTES)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def prepared(campaign: str) -> str:
    """A new token, signed for a form of this campaign."""
    return signing.dumps(new_token(), salt=_salt(campaign))


def token_in(prepared_token: str, campaign: str) -> str:
    """The token in a form of this campaign. Raises signing.BadSignature when it isn't ours."""
    return str(signing.loads(prepared_token, salt=_salt(campaign), max_age=VALID_SECONDS))


def _salt(campaign: str) -> str:
    return f"reports.share/{campaign}"
