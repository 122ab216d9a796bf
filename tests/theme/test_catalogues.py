"""The tool that keeps the catalogues whole, and the catalogues themselves."""

import gettext
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.theme import catalogues

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
_("Saved.")
ngettext("%(count)s day", "%(count)s days", 2)
pgettext_lazy("stage", "Live")
"""
PAGE = """
{% load i18n %}
  <p>{% translate "Sign in" %}</p>
{% if x %}
      {% blocktranslate trimmed with name=x.name %}
        Hello {{ name }},
        100 % of it is yours.
      {% endblocktranslate %}
{% endif %}
{% notice "care" _("It isn't in yet") %}<p>not a 'sentence</p>{% endnotice %}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project with a page and a module."""
    (tmp_path / "config" / "templates").mkdir(parents=True)
    (tmp_path / "config" / "views.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "config" / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def _translate(root: Path, old: str, new: str) -> None:
    path = catalogues.po_file(root / "locale", "it")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _whole(root: Path) -> None:
    """An Italian catalogue with nothing lacking."""
    source = catalogues.gather(root)
    locale = root / "locale"
    catalogues.refresh(locale, "it", source)
    catalogue = catalogues.load(catalogues.po_file(locale, "it"), "it")
    for message in catalogue:
        if message.id:
            many = isinstance(message.id, tuple)
            message.string = tuple(message.id) if many else str(message.id)
    catalogues.po_file(locale, "it").write_bytes(catalogues._po_bytes(catalogue))
    catalogues.refresh(locale, "it", source)


def _flaws(root: Path) -> list[str]:
    found = catalogues.flaws(root / "locale", "it", catalogues.gather(root))
    return [f"{flaw.what}: {flaw.text}" for flaw in found]


def test_sentences_of_code_and_pages_are_gathered(root: Path) -> None:
    found = {(m.context, m.id) for m in catalogues.gather(root, ["config"]) if m.id}
    assert found == {
        (None, "Saved."),
        (None, ("%(count)s day", "%(count)s days")),
        ("stage", "Live"),
        (None, "Sign in"),
        (None, "Hello %(name)s, 100 %% of it is yours."),
        (None, "It isn't in yet"),
    }


def test_a_whole_catalogue_has_no_flaw_and_is_compiled(root: Path) -> None:
    _whole(root)
    assert _flaws(root) == []
    with catalogues.po_file(root / "locale", "it").with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Saved.") == "Saved."


def test_refreshing_keeps_translations_and_drops_what_is_gone(root: Path) -> None:
    _whole(root)
    _translate(root, 'msgstr "Saved."', 'msgstr "Salvato."')
    module = root / "config" / "views.py"
    module.write_text(CODE.replace('pgettext_lazy("stage", "Live")', '_("New.")'), encoding="utf-8")
    catalogues.refresh(root / "locale", "it", catalogues.gather(root))
    text = catalogues.po_file(root / "locale", "it").read_text(encoding="utf-8")
    assert 'msgstr "Salvato."' in text
    assert "Live" not in text
    assert _flaws(root) == ["not translated: New."]


def test_refreshing_twice_writes_the_same_bytes(root: Path) -> None:
    _whole(root)
    files = [p for p in (root / "locale").rglob("*") if p.is_file()]
    before = [path.read_bytes() for path in files]
    catalogues.refresh(root / "locale", "it", catalogues.gather(root))
    assert [path.read_bytes() for path in files] == before


def test_a_sentence_without_translation_is_a_flaw(root: Path) -> None:
    _whole(root)
    _translate(root, 'msgstr "Saved."', 'msgstr ""')
    assert "not translated: Saved." in _flaws(root)


def test_one_plural_form_left_empty_is_a_flaw(root: Path) -> None:
    _whole(root)
    _translate(root, 'msgstr[1] "%(count)s days"', 'msgstr[1] ""')
    assert "not translated: %(count)s day" in _flaws(root)


def test_a_lost_placeholder_is_a_flaw(root: Path) -> None:
    _whole(root)
    _translate(root, 'msgstr[1] "%(count)s days"', 'msgstr[1] "%(total)s giorni"')
    assert "other placeholders than the source: %(count)s day" in _flaws(root)


def test_the_singular_needs_no_number(root: Path) -> None:
    _whole(root)
    _translate(root, 'msgstr[0] "%(count)s day"', 'msgstr[0] "un giorno"')
    assert _flaws(root) == ["the .mo file is not that of the .po file: "]


def test_a_fuzzy_translation_is_a_flaw(root: Path) -> None:
    _whole(root)
    _translate(root, 'msgid "Saved."', '#, fuzzy\nmsgid "Saved."')
    assert "fuzzy: Saved." in _flaws(root)


def test_a_sentence_missing_on_either_side_is_a_flaw(root: Path) -> None:
    _whole(root)
    module = root / "config" / "views.py"
    module.write_text(CODE.replace("Saved.", "Kept."), encoding="utf-8")
    found = _flaws(root)
    assert "in the source only, run `manage.py messages`: Kept." in found
    assert "in the catalogue only, run `manage.py messages`: Saved." in found


def test_every_sentence_of_patto_is_translated() -> None:
    try:
        call_command("messages", "--check", verbosity=0)
    except CommandError as error:
        pytest.fail(str(error)[:2000])
