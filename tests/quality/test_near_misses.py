"""Rulings come back as examples the rules can be tested with, without the persons in them."""

from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns.quality import actions, text
from campaigns.quality.anonymous import names_of, without_persons
from campaigns.quality.elections import NewNotice
from campaigns.quality.text.rulebook import _examples, rulebook
from config.identity.models import User

PAID_LIKES = "Like the page, share it with three friends and get 1 cent at once."
POLITICAL = "Vote for our candidate in the regional election on Sunday."
NOTICE = NewNotice(sponsor="Lista", election="Regional", text="Political advertising.")


def person(name: str, **fields: bool) -> User:
    return User.objects.create_user(f"{name.split()[0]}@people.example", name, **fields)


def ruled(words: str, decision: str, kind: str = "post") -> None:
    author = person(f"Bruno{User.objects.count()} Salis")
    reviewer = person(f"Sara{User.objects.count()} Lind", is_reviewer=True)
    submission = actions.submit(kind=kind, language="en", words=words, author_id=author.pk)
    actions.run_check(check_id=submission.checks.get().pk)
    actions.appeal(submission_id=submission.pk, by=author)
    actions.rule(
        submission_id=submission.pk, by=reviewer, decision=decision, reason="Read.", notice=NOTICE
    )


def printed(*options: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("near_misses", *options, stdout=out)
    found: list[dict[str, Any]] = yaml.safe_load(out.getvalue())
    return found


@pytest.mark.django_db
def test_each_ruling_is_an_example_of_its_rules_in_the_form_the_rules_take() -> None:
    ruled(PAID_LIKES, "rejected")
    ruled(f"She wrote to me: {PAID_LIKES}", "accepted", kind="comment")
    ruled(POLITICAL, "accepted")

    rows = printed()
    by_id = rulebook().by_id
    assert rows
    assert {row["id"] for row in rows} <= set(by_id)
    for row in rows:
        assert set(row) <= {"id", "spare", "match"}
        for name in ("spare", "match"):
            for example in _examples(row.get(name, []), "post"):
                found = text.judge(example.text, kind=example.kind).findings
                assert row["id"] in [finding.rule for finding in found]
    spared = [each for row in rows for each in row.get("spare", [])]
    matched = [each for row in rows for each in row.get("match", [])]
    assert {each["kind"] for each in spared} == {"comment", "post"}
    assert {each["text"] for each in matched} == {PAID_LIKES}
    assert {each["language"] for each in [*spared, *matched]} == {"en"}


@pytest.mark.django_db
def test_no_person_is_in_an_example() -> None:
    ruled(
        f"{PAID_LIKES} Bruno0 Salis, @bruno.salis, bruno@posta.it, https://bruno.it/io, "
        "via Garibaldi 12, +39 011 555 0199",
        "rejected",
    )
    (said, *_) = [each["text"] for row in printed() for each in row["match"]]
    for personal in ("Salis", "bruno", "Garibaldi", "555"):
        assert personal not in said
    assert PAID_LIKES in said


@pytest.mark.django_db
def test_only_rulings_since_a_day_are_printed() -> None:
    ruled(PAID_LIKES, "rejected")
    today = timezone.now().date()
    assert printed("--since", today.isoformat())
    assert printed("--since", today.replace(year=today.year + 1).isoformat()) == []
    with pytest.raises(CommandError):
        printed("--since", "yesterday")


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("Scrivi a ada.rossi@posta.it!", "Scrivi a nome@posta.example!"),
        ("Segui @ada_rossi e tagga", "Segui @nome e tagga"),
        ("IBAN IT60X0542811101000000123456 grazie", "IBAN IT00X0000000000000000000000 grazie"),
        ("Chiama 011 555 01 99 ora", "Chiama 000 0000000 ora"),
        ("Leggi su ada-rossi.it/pane o bit.ly/x2", "Leggi su pagina.example o pagina.example"),
        ("Buono.It is good, e.g. 1.000.", "Buono.It is good, e.g. 1.000."),
        ("Venez 12 rue", "Venez 12 rue"),
        ("Abito in via Po, 12", "Abito in via Esempio 1"),
        ("Ada Rossi e Ada Rossini", "Ada Esempio e Ada Rossini"),
        ("ADA ROSSI e ada rossi", "Ada Esempio e Ada Esempio"),
        ("Ada Rossi Bianchi ed Eva", "Ada Esempio ed Eva"),
        ("Vinci 1.000 euro con 3 amici", "Vinci 1.000 euro con 3 amici"),
    ],
)
def test_what_names_a_person_is_replaced_and_nothing_else(words: str, instead: str) -> None:
    known = names_of(["Ada Rossi", "Ada Rossi Bianchi", "Eva"])
    assert without_persons(words, known) == instead


def test_where_no_name_is_known_nothing_is_taken_for_one() -> None:
    assert without_persons("Ada Rossi", names_of([])) == "Ada Rossi"
