"""Turns what came over the wire into bytes and words, in bounded steps, or says that it can't.

A gzip cut in half is a failure, never a shorter page: a shorter page would accuse a writer whose
label stood in the other half.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable, Iterable, Iterator

from .values import FetchFailed

STEP = 65_536
MAX_CODINGS = 2
_HTML_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{1,40})""")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"))
_BOMS += ((codecs.BOM_UTF16_BE, "utf-16-be"),)
#: As browsers read them (https://encoding.spec.whatwg.org/#names-and-labels): the old names of
#: Latin 1 mean windows-1252. Codecs of Python that are no charsets of pages are not among them.
_CHARSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
} | {
    name: name
    for name in (
        "utf-8 utf-16 utf-16-le utf-16-be gb18030 big5 cp932 cp949 euc_jp iso2022_jp koi8-r koi8-u "
        "mac-roman cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859-2 "
        "iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 "
        "iso8859-14 iso8859-15 iso8859-16"
    ).split()
}
_TEXT_TYPES = re.compile(r"text/|application/(?:[\w.+-]*\+)?(?:json|xml)|application/javascript")

Chunks = Iterable[bytes]


def read_body(chunks: Chunks, *, codings: str, max_bytes: int) -> bytes:
    """The body with its content codings taken off, the last applied first.

    Raises FetchFailed: too_large, cut, undecodable.
    """
    names = [name for name in re.split(r"\s*,\s*", codings.strip().lower()) if name]
    names = [name for name in names if name != "identity"]
    if len(names) > MAX_CODINGS:
        raise FetchFailed("undecodable", f"{len(names)} content codings on top of one another")
    chunks = _bounded(chunks, max_bytes)
    for name in reversed(names):
        chunks = _bounded(_inflate(chunks, _inflater(name)), max_bytes)
    return b"".join(chunks)


def _bounded(chunks: Chunks, max_bytes: int) -> Iterator[bytes]:
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > max_bytes:
            raise FetchFailed("too_large", f"more than {max_bytes} bytes")
        yield chunk


def _inflater(name: str) -> Callable[[bytes], zlib._Decompress]:
    if name in {"gzip", "x-gzip"}:
        return lambda _head: zlib.decompressobj(zlib.MAX_WBITS | 16)
    if name == "deflate":
        return _deflate
    raise FetchFailed("undecodable", f"content coding {name[:40]!r} was not asked for")


def _deflate(head: bytes) -> zlib._Decompress:
    """`deflate` means a zlib stream; many servers send the bare one."""
    is_zlib = len(head) >= 2 and head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _inflate(chunks: Chunks, new: Callable[[bytes], zlib._Decompress]) -> Iterator[bytes]:
    stream: zlib._Decompress | None = None
    rest = b""
    for chunk in chunks:
        rest += chunk
        while rest:
            if stream is None:
                if len(rest) < 2:
                    break
                stream = new(rest)
            inflated, rest = _step(stream, rest)
            yield inflated
            if stream.eof:
                stream = None  # gzip allows several members in a row
                rest = rest if rest[:2] == b"\x1f\x8b" or len(rest) < 2 else b""
    if stream is not None:
        yield from _drain(stream)
    elif rest:
        raise FetchFailed("cut", "the compressed page ends in the middle")
