"""Identifiers shown in addresses."""

import secrets

PUBLIC_ID_LENGTH = 12
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read for another


def public_id() -> str:
    """Twelve letters nobody can guess (59 bits)."""
    return "".join(secrets.choice(_LETTERS) for _ in range(PUBLIC_ID_LENGTH))
