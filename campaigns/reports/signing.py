"""A report's fingerprint and the installation's signature under it.

The digest is the SHA-256 of the body as canonical JSON (RFC 8785: keys sorted, no spaces, UTF-8);
the signature is Ed25519 (RFC 8032) over the 32 bytes of the digest. Both can be checked without
Patto. A report holds no fractions, so that Python's own writer follows the RFC.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from config import environment


def canonical(body: Mapping[str, Any]) -> bytes:
    text = json.dumps(
        body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def digest_of(body: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the body as canonical JSON."""
    return hashlib.sha256(canonical(body)).hexdigest()


def public_key() -> str:
    """The installation's public key, base64 of its 32 bytes."""
    raw = _key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def sign(digest: str) -> str:
    """The installation's signature under a hex digest, base64."""
    return base64.b64encode(_key().sign(bytes.fromhex(digest))).decode()


def verify(body: Mapping[str, Any], *, digest: str, signature: str, key: str) -> bool:
    """Whether the body is, to the byte, what the holder of `key` (base64) signed."""
    if digest_of(body) != digest:
        return False
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), bytes.fromhex(digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def _key() -> Ed25519PrivateKey:
    """From PATTO_REPORT_KEY, else from a secret made once and kept in VAR/report.key (0600)."""
    secret = environment.secret("PATTO_REPORT_KEY", settings.VAR / "report.key")
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(secret.encode()).digest())
