"""Pages as they are served: strict about scripts, spoken in three languages, kind in refusal."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from config.appearance import set_language, set_theme
from config.kernel.errors import InvalidInput
from config.styleguide import styleguide

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(
    path
    for source in ("config", "influencers", "disclosures", "campaigns")
    for path in (ROOT / source).rglob("templates/**/*.html")
)
SPOKEN_BY_CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
SENTENCES = re.compile(
    r"{%\s*(blocktranslate|comment)\b.*?{%\s*end(blocktranslate|comment)\s*%}", re.DOTALL
)
NOT_FOR_PEOPLE = re.compile(
    r"<(code|svg)\b.*?</(code|svg)>|{% block (width|body_attributes) %}.*?{% endblock %}"
    r"|<meta name=.htmx-config[^\n]*",
    re.DOTALL,
)
STYLED = set(
    re.findall(r"\.([a-z][\w-]*)", (ROOT / "config/static/patto/patto.css").read_text("utf-8"))
)
NAMES = frozenset({"Patto", "CSV", "PDF", "JSON", "URL", "API", "v"})


class Inline(HTMLParser):
    """Notes whatever a strict content policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style" or (tag == "script" and not names.get("src")):
            self.found.append(f"<{tag}>")
        self.found += [
            f"{tag} {name}={value}"
            for name, value in attrs
            if name == "style"
            or name.startswith("on")
            or name == "hx-on"
            or (value or "").strip().lower().startswith("javascript:")
        ]


def _inline(html: str) -> list[str]:
    parser = Inline()
    parser.feed(html)
    return parser.found


def _error(status_page: str) -> str:
    request = RequestFactory().get("/")
    return render_to_string(status_page, {"error": InvalidInput({"fee": ["Too much."]})}, request)


def test_the_check_for_inline_parts_sees_them() -> None:
    html = '<style>a{}</style><script>x</script><p style="a" onclick="b"><a href="javascript:c">'
    assert len(_inline(html)) == 5


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_has_a_script_or_style_inline(path: Path) -> None:
    html = SPOKEN_BY_CODE.sub("", path.read_text(encoding="utf-8"))
    assert _inline(html) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_has_words_that_no_catalogue_knows(path: Path) -> None:
    if path.name == "styleguide.html":  # samples for those who build pages
        return
    text = path.read_text(encoding="utf-8")
    for pattern in (SENTENCES, NOT_FOR_PEOPLE, SPOKEN_BY_CODE):
        text = pattern.sub(" ", text)
    text = re.sub(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""", " ", text)
    words = set(re.findall(r"[^\W\d_]+", re.sub(r"&\w+;", " ", text)))
    assert words <= NAMES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_class_of_a_template_is_known_to_the_stylesheet(path: Path) -> None:
    html = re.sub(r"{%.*?%}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    lists = re.findall(r'class="([^"]*)"', re.sub(r"{{.*?}}", "?", html))
    names = {name for each in lists for name in each.split() if "?" not in name}
    assert names <= STYLED


def test_the_style_guide_shows_every_part_with_nothing_inline() -> None:
    html = styleguide(RequestFactory().get("/styleguide/")).content.decode()
    assert _inline(html) == []
    for part in ("three", "spine", "checks", "ask", "doc", "seats", "path", "time", "finding",
                 "offer", "table", "figures", "pic", "strip", "notice", "empty", "stamp", "fold",
                 "field", "mine"):  # fmt: skip
        assert re.search(rf'class="[^"]*\b{part}\b', html), part


def test_htmx_swaps_refusals_and_writes_no_style_of_its_own() -> None:
    html = styleguide(RequestFactory().get("/")).content.decode()
    assert '"includeIndicatorStyles": false' in html
    assert '"allowEval": false' in html
    assert '"409|422", "swap": true' in html
    assert "X-CSRFToken" in html


@pytest.mark.parametrize(
    "page",
    [
        "400.html",
        "403.html",
        "403_csrf.html",
        "404.html",
        "409.html",
        "422.html",
        "500.html",
        "error.html",
    ],
)
@pytest.mark.parametrize("language", ["en", "it", "fr"])
def test_a_refusal_is_a_page_with_one_heading_and_a_way_on(page: str, language: str) -> None:
    with translation.override(language):
        html = _error(page)
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1
    assert 'class="btn' in html
    assert _inline(html) == []


def test_the_last_resort_needs_neither_request_nor_database() -> None:
    assert "<h1>" in render_to_string("500.html")


@pytest.mark.parametrize(("cookie", "attribute"), [("dark", 'data-theme="dark"'), ("x", "")])
def test_only_a_known_theme_reaches_the_page(cookie: str, attribute: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie + ('"><script>' if cookie == "x" else "")
    html = styleguide(request).content.decode()
    assert attribute in html
    assert "<script>" not in html
    assert ("data-theme" in html) is bool(attribute)


def test_choosing_a_theme_leads_back_to_the_page() -> None:
    request = RequestFactory().post("/theme/", {"theme": "dark", "next": "/here/?a=1"})
    answer = set_theme(request)
    assert answer.headers["Location"] == "/here/?a=1"
    assert answer.cookies["theme"].value == "dark"


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_no_choice_leads_to_another_site(away: str) -> None:
    request = RequestFactory().post("/theme/", {"theme": "", "next": away})
    assert set_theme(request).headers["Location"] == "/"


def test_a_language_nobody_speaks_here_is_not_kept() -> None:
    answer = set_language(RequestFactory().post("/language/", {"language": "xx"}))
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_messages_are_announced_and_escaped() -> None:
    messages = [type("M", (), {"level_tag": "error", "__str__": lambda self: "<b>no</b>"})()]
    html = Template('{% include "patto/messages.html" %}').render(Context({"messages": messages}))
    assert 'role="alert"' in html
    assert "&lt;b&gt;no" in html
