"""Where on a page a label stands: what is hidden, folded away or beside the article."""

from typing import Any

import pytest

from disclosures.cases import case_from
from disclosures.reading import judge

LABEL = "Pubblicità Mulino Alba"
WORDS = "<p>Il pane si fa con poca acqua e molta pazienza, e con farina Mulino Alba riesce.</p>"
POST: dict[str, Any] = {
    "jurisdiction": "IT",
    "content_language": "it",
    "platform": "blog",
    "format": "post",
    "relationship": "paid",
    "published": "2026-03-02",
    "brand": "Mulino Alba",
    "text": "Il pane",
}


def page(body: str, sheet: str = "") -> str:
    return (
        f"<html><head><title>Il pane</title><style>{sheet}</style></head><body>{body}</body></html>"
    )


def verdict(html: str) -> str:
    return judge(case_from(POST | {"context": {"html": html}})).code


@pytest.mark.parametrize(
    "html",
    [
        f"<article><h1>Il pane</h1><p>{LABEL}</p>{WORDS}</article>",
        f"<article><p><b>Pub</b>blicità Mulino Alba</p>{WORDS}</article>",
        f"<article><p>Pub&shy;blicit&agrave; Mulino Alba</p>{WORDS}</article>",
        f"<article><p>&#80;ubblicit&#224; Mulino Alba</p>{WORDS}</article>",
        f"<article><h1>{LABEL}: il pane</h1>{WORDS}</article>",
        f"<article><details open><summary>Nota</summary><p>{LABEL}</p></details>{WORDS}</article>",
        f"<article><details><summary>{LABEL}</summary><p>altro</p></details>{WORDS}</article>",
        f"<article><span class=label>{LABEL}</span><h1>Il pane</h1>{WORDS}</article>",
        f"<main><div class=badge>PUBBLICITÀ</div>{WORDS}</main>",
        page(
            f"<article><p class='zz'>{LABEL}</p>{WORDS}</article>",
            ".zz{color:red} @media print {.zz{display:none}}",
        ),
        page(f"<article><p class='zz'>{LABEL}</p>{WORDS}</article>", ".zz:before{display:none}"),
        page(f"<article><p>{LABEL}</p>{WORDS}</article>", ".menu{display:none}"),
        f"<figure><figcaption>{LABEL}</figcaption></figure>{WORDS}",
        f"<div><h1>Il pane</h1><p>Contenuto sponsorizzato da Mulino Alba</p>{WORDS}</div>",
        f"<article><p>{LABEL}</p>{WORDS}</article><footer>{LABEL}</footer>",
    ],
)
def test_a_label_in_sight_counts(html: str) -> None:
    assert verdict(html) == "sufficient"


@pytest.mark.parametrize(
    "html",
    [
        f"<article>{WORDS}<details><summary>Nota</summary><p>{LABEL}</p></details></article>",
        f"<article>{WORDS}<img src=x alt='{LABEL}'></article>",
        f"<article>{WORDS}<p style='display:none'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='visibility: hidden'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='opacity:0'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='opacity:.01'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='font-size:1px'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='font-size:0'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='color:#fff;background:#fff'>{LABEL}</p></article>",
        f"<div style=background:white>{WORDS}<p style=color:#ffffff>{LABEL}</p></div>",
        f"<article>{WORDS}<p style='color:rgba(0,0,0,0)'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='position:absolute;left:-9999px'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='text-indent:-9999px'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='height:0;overflow:hidden'>{LABEL}</p></article>",
        f"<article>{WORDS}<p style='transform:scale(0)'>{LABEL}</p></article>",
        f"<article>{WORDS}<p hidden>{LABEL}</p></article>",
        f"<article>{WORDS}<p class=sr-only>{LABEL}</p></article>",
        f"<article>{WORDS}<p class=visually-hidden>{LABEL}</p></article>",
        f"<article>{WORDS}</article><footer><p>{LABEL}</p></footer>",
        f"<article>{WORDS}<footer><p>{LABEL}</p></footer></article>",
        f"<article>{WORDS}<a href=x title='{LABEL}'>qui</a></article>",
        f"<article>{WORDS}</article><aside>{LABEL}</aside>",
        f"<article>{WORDS * 40}<p>{LABEL}</p></article>",
        f"<article>{WORDS}</article><section id=comments><p>{LABEL}</p></section>",
        f"<article>{WORDS}<div class=comments><p>{LABEL}</p></div></article>",
        page(f"<article>{WORDS}<p class=zz>{LABEL}</p></article>", ".zz{display:none}"),
        page(f"<article>{WORDS}<p id=zz>{LABEL}</p></article>", "#zz { visibility:hidden }"),
        page(
            f"<article>{WORDS}<p class='a zz'>{LABEL}</p></article>",
            "p.zz, .q {color:red; font-size:0px}",
        ),
        f"<article>{WORDS}<div style='max-height:0;overflow:hidden'>{LABEL}</div></article>",
        f"<article>{WORDS}<div class='collapse'><p>{LABEL}</p></div></article>",
        f"<article>{WORDS}<div class=more style='display : none'>{LABEL}</div></article>",
    ],
)
def test_a_label_out_of_sight_is_misplaced(html: str) -> None:
    assert verdict(html) == "misplaced"


@pytest.mark.parametrize(
    "html",
    [
        f"<article>{WORDS}<!-- {LABEL} --></article>",
        f"<article>{WORDS}<script>{LABEL}</script></article>",
        f"<nav><a href=/>Home</a> <a href=/p>Pubblicità</a></nav><article>{WORDS}</article>",
        f"<article>{WORDS}</article><footer><a href=/p>Pubblicità</a></footer>",
        f"<article>{WORDS}<p>Non è pubblicità, lo giuro.</p></article>",
        f"<article>{WORDS}<a rel=sponsored href=x>Mulino Alba</a></article>",
    ],
)
def test_what_nobody_reads_as_a_label_is_none(html: str) -> None:
    assert verdict(html) == "missing"


def test_a_long_hostile_sheet_is_read_in_bounded_time() -> None:
    sheet = ".a > .b { display: none } " * 10_000 + "{" * 20_000
    deep = "<div class=b>" * 40_000

    assert verdict(page(f"<p>{LABEL}</p>{deep}", sheet)) == "sufficient"
