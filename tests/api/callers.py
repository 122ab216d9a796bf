"""Programs that call the API with a token, and what a refusal must look like."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from config.identity.actions import make_token
from config.identity.models import User

JSON = "application/json"
PROBLEM = {"type", "title", "status", "detail", "code", "facts"}


class Caller:
    """Somebody's program, with their token."""

    def __init__(self, user: User | None) -> None:
        self.client = Client()
        token = make_token(user_id=user.pk, name="test") if user else ""
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, url: str, **more: Any) -> HttpResponse:
        found: HttpResponse = self.client.get(url, headers=self.headers, **more)  # type: ignore[assignment]
        return found

    def post(self, url: str, body: Any = None, content_type: str = JSON) -> HttpResponse:
        found: HttpResponse = self.client.post(  # type: ignore[assignment]
            url, {} if body is None else body, content_type=content_type, headers=self.headers
        )
        return found

    def put(self, url: str, body: Any) -> HttpResponse:
        found: HttpResponse = self.client.put(  # type: ignore[assignment]
            url, body, content_type=JSON, headers=self.headers
        )
        return found


def said(answer: HttpResponse, status: int) -> Any:
    """The JSON of an answer of this status."""
    assert answer.status_code == status, (answer.status_code, answer.content[:500])
    return answer.json()  # type: ignore[attr-defined]


def problem(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The facts of a refusal in the shape of RFC 9457."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content[:300]
    body = said(answer, status)
    assert body.keys() == PROBLEM
    assert (body["status"], body["code"]) == (status, code), body
    assert body["type"] == f"urn:patto:problem:{code}"
    assert body["title"]
    assert body["detail"]
    assert isinstance(body["facts"], dict)
    facts: dict[str, Any] = body["facts"]
    return facts
