"""What each form and endpoint wants, well filled in, by the name of its route."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from campaigns.reports import tokens
from config.kernel.fields import public_id
from tests.config.world import World
from tests.factories import ANSWERS, TERMS


def to(route: str, world: World) -> dict[str, Any]:
    """A good body for a POST to the route; empty where it wants none."""
    known = {**_codesign(world), **_agreements(world), **_money(), **_others(world), **_api(world)}
    return dict(known.get(route, {}))


def _codesign(world: World) -> dict[str, dict[str, Any]]:
    letter = {
        "why_you": "Il tuo pane",
        "who_knows_you": "Ada",
        "what_is_asked": "Un racconto",
        "what_is_paid": "1000 euro",
        "how_to_say_no": "Dillo",
    }
    newcomer = {
        "name": "Hana",
        "email": "hana@pane.example",
        "channel_name": "Pane",
        "channel_url": "https://pane.example/",
        "platform": "blog",
        "language": "it",
    }
    return {
        "codesign:invite": {**newcomer, **letter},
        "codesign:answer": {"answer": "yes"},
        "codesign:leave": {"sure": "1"},
        "codesign:propose": {"replaces": 1, "text": "Un'altra via.", "note": "", "deadline": ""},
        "codesign:position": {"mechanic": 1, "position": "consent", "reason": ""},
        "codesign:clear": {"objection": world.rows["objection"]},
        "codesign:comment": {"mechanic": 1, "text": "Una parola."},
        "codesign:extend": {"deadline": f"{timezone.now() + timedelta(days=9):%Y-%m-%dT%H:%M}"},
    }


def _agreements(world: World) -> dict[str, dict[str, Any]]:
    agreement = world.scene.agreement(1)
    offer = agreement.rounds.last()
    assert offer is not None
    terms = {
        "fee": "1100",
        "declared_hours": 16,
        "deliverables": "Un racconto",
        "revisions": 1,
        "payment_days": 30,
        "kill_not_started": 10,
        "kill_in_work": 50,
        "kill_delivered": 100,
        "usage_months": 0,
    }
    today = timezone.localdate().isoformat()
    ruling = {"decision": "rejected", "reason": "Non si può dire così."}
    return {
        "lifecycle:review": ruling,
        "api:ruling": ruling,
        "agreements:offer": terms,
        "agreements:detail": terms,
        "agreements:accept": {"terms_digest": world.scene.digest(offer)},
        "agreements:draft": {
            "text": "Il pane di oggi.",
            "platform": "blog",
            "format": "post",
            "language": "it",
            "published": today,
        },
        "agreements:register": {
            "url": "https://blog.example/altro",
            "platform": "blog",
            "published_on": today,
        },
    }


def _money() -> dict[str, dict[str, Any]]:
    today = timezone.localdate().isoformat()
    key = {"key": public_id()}
    return {
        "payouts:fund": {**key, "amount": "10", "received_on": today, "statement": "EC/9"},
        "payouts:cost": {
            **key,
            "label": "burro",
            "kind": "costs",
            "amount": "10",
            "due_on": today,
            "document": "",
        },
        "payouts:fee": {**key, "due_on": today, "document": ""},
        "payouts:pay": {**key, "paid_on": today, "statement": "EC/10"},
        "payouts:refund": {**key, "paid_on": today, "statement": "EC/11"},
    }


def _others(world: World) -> dict[str, dict[str, Any]]:
    return {
        "influencers:figures": {"days": "2026-03-02,4100\n2026-03-04,6600"},
        "influencers:explain": {"day": "2026-03-02", "event": "Una fiera"},
        "briefs:appeal": {"reason": "Non dice questo."},
        "briefs:material": {"kind": "post", "language": "it", "words": "Pubblicità. Buono."},
        "briefs:material_appeal": {"reason": "Non dice questo."},
        "briefs:hints": {"kind": "mechanic", "of": "text", "text": "1 € per clic."},
        "codesign:appeal": {"reason": "Non dice questo."},
        "links:make": {"target_url": "https://mulino.example/altro"},
        "links:reply": {"text": "Il mio pubblico legge di notte."},
        "links:word": {"kind": "explained", "reason": "Una newsletter del mattino."},
        "reports:raise_incident": {"kind": "boycott", "text": "Un altro appello."},
        "reports:answer_incident": {"answer": "Un incontro aperto."},
        "reports:lessons": {"text": "Prima le persone."},
        "reports:reply": {"text": "Il pane era alto."},
        "reports:share": {"once": tokens.prepared(world.rows["campaign"])},
        "lifecycle:advance": {"to": "closing"},
    }


def _api(world: World) -> dict[str, dict[str, Any]]:
    today = timezone.localdate().isoformat()
    terms = {key: value for key, value in TERMS.as_json().items() if key != "kill_fees"}
    return {
        "api:stage": {"to": "closing"},
        "api:brief": ANSWERS.as_dict(),
        "api:material": {"kind": "post", "words": "Pubblicità. Buono."},
        "api:invitation": {"joins": True},
        "api:mechanic": {"text": "Un'altra via."},
        "api:position": {"mechanic": 1, "stance": "consent"},
        "api:acceptance": {"terms_digest": "0" * 64},
        "api:offer": {**terms, "fee_minor": 110_000},
        "api:publication": {
            "url": "https://blog.example/altro",
            "platform": "blog",
            "published_on": today,
        },
        "api:funding": {
            "amount_minor": 1000,
            "currency": "EUR",
            "statement": "EC/12",
            "received_on": today,
            "key": public_id(),
        },
    }
