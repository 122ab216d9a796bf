"""A signed report can't change without it showing."""

import base64
import hashlib
import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from campaigns.reports import report, signing
from tests.reports.made import facts


@pytest.fixture
def body() -> dict[str, Any]:
    return report.assemble(facts(public_key=signing.public_key()))


def sealed(body: dict[str, Any]) -> dict[str, str]:
    digest = signing.digest_of(body)
    return {"digest": digest, "signature": signing.sign(digest), "key": signing.public_key()}


def test_a_signed_report_verifies(body: dict[str, Any]) -> None:
    assert signing.verify(body, **sealed(body))


def test_one_changed_byte_is_detected(body: dict[str, Any]) -> None:
    seal = sealed(body)
    body["lessons"]["text"] = body["lessons"]["text"].replace("L", "l", 1)

    assert not signing.verify(body, **seal)


def test_a_changed_report_with_its_own_digest_is_detected(body: dict[str, Any]) -> None:
    seal = sealed(body)
    body["paid"]["creators_share"]["value"] += 1

    assert not signing.verify(body, **{**seal, "digest": signing.digest_of(body)})


@pytest.mark.parametrize("part", ["signature", "key"])
@pytest.mark.parametrize("bad", ["", "AAAA", "not base64!", base64.b64encode(b"x" * 64).decode()])
def test_a_signature_or_key_that_is_none_is_refused(
    body: dict[str, Any], part: str, bad: str
) -> None:
    assert not signing.verify(body, **{**sealed(body), part: bad})


def test_anybody_can_verify_with_the_published_rule(body: dict[str, Any]) -> None:
    seal = sealed(body)

    digest = hashlib.sha256(signing.canonical(body)).digest()
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(body["signed_with"]["public_key"]))

    assert digest.hex() == seal["digest"]
    key.verify(base64.b64decode(seal["signature"]), digest)  # raises where it is false


@given(st.dictionaries(st.text("abcz", min_size=1), st.integers(-(2**53), 2**53) | st.text()))
def test_the_order_of_keys_changes_nothing(body: dict[str, Any]) -> None:
    turned = dict(reversed(body.items()))

    assert signing.canonical(body) == signing.canonical(turned)


def test_canonical_json_is_as_the_rfc_writes_it() -> None:
    assert (
        signing.canonical({"b": "€\n", "a": [True, None, 1]})
        == '{"a":[true,null,1],"b":"€\\n"}'.encode()
    )


def test_the_key_is_made_once_and_readable_by_its_owner_alone() -> None:
    first = signing.public_key()

    kept = Path(settings.VAR) / "report.key"
    assert signing.public_key() == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_environment_may_bring_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    own = signing.public_key()
    monkeypatch.setenv("PATTO_REPORT_KEY", "the same on every machine of this installation")

    assert signing.public_key() != own
    digest = "00" * 32
    assert signing.sign(digest) == signing.sign(digest)
