"""Turns what came over the wire into bytes and words, in bounded steps, or says that it can't.

A gzip cut in half is a failure, never a shorter page: a shorter page would accuse a writer whose
label stood in the other half.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .values import FetchFailed

if TYPE_CHECKING:
    from zlib import _Decompress as Decompress

STEP = 65_536
MAX_CODINGS = 2
_HTML_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{1,40})""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
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
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "big5": "big5",
    "cp932": "cp932",
    "euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "mac-roman": "mac-roman",
}
_CHARSETS |= {f"cp{page}": f"cp{page}" for page in range(1250, 1259)}
_CHARSETS |= {f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10)}
_CHARSETS |= {f"iso8859-{part}": f"iso8859-{part}" for part in (13, 14, 15, 16)}
#: Charsets in which bytes that look like ASCII or UTF-8 may be something else.
_WIDE = frozenset({"utf-16-le", "utf-16-be", "iso2022_jp"})
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
        chunks = _bounded(_Inflater(name).inflate(chunks), max_bytes)
    return b"".join(chunks)


def _bounded(chunks: Chunks, max_bytes: int) -> Iterator[bytes]:
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > max_bytes:
            raise FetchFailed("too_large", f"more than {max_bytes} bytes")
        yield chunk


class _Inflater:
    """One content coding, taken off in steps of at most STEP bytes."""

    def __init__(self, name: str) -> None:
        if name not in {"gzip", "x-gzip", "deflate"}:
            raise FetchFailed("undecodable", f"content coding {name[:40]!r} was not asked for")
        self._is_gzip = name != "deflate"
        self._head = b""
        self._stream: Decompress | None = None
        self._is_whole = False

    def inflate(self, chunks: Chunks) -> Iterator[bytes]:
        for chunk in chunks:
            yield from self._feed(chunk)
        if not self._is_whole:
            raise FetchFailed("cut", "the compressed page ends in the middle")

    def _feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream is None:
                data = self._open(data)
                if self._stream is None:
                    return
            stream = self._stream
            yield from _steps(stream, data)
            if not stream.eof:
                return
            self._is_whole, self._stream = True, None
            data = stream.unused_data

    def _open(self, data: bytes) -> bytes:
        """Begins a stream once its first two bytes are there; drops what follows the last one."""
        if self._is_whole and not (self._is_gzip and (self._head + data)[:1] == b"\x1f"):
            return b""
        self._head += data
        if len(self._head) < 2:
            return b""
        head, self._head, self._is_whole = self._head, b"", False
        self._stream = zlib.decompressobj(self._window(head))
        return head

    def _window(self, head: bytes) -> int:
        """`deflate` means a zlib stream; many servers send the bare one."""
        if self._is_gzip:
            return zlib.MAX_WBITS | 16
        is_zlib = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
        return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS


def _steps(stream: Decompress, data: bytes) -> Iterator[bytes]:
    while True:
        try:
            inflated = stream.decompress(data, STEP)
        except zlib.error as error:
            raise FetchFailed("undecodable", f"the compressed page is broken: {error}") from error
        yield inflated
        data = stream.unconsumed_tail
        if stream.eof or (not data and len(inflated) < STEP):
            return


def read_text(body: bytes, content_type: str) -> str | None:
    """The words of a page in the charset it is written in; None where it is not text.

    Order: byte order mark, header, the page's own meta element or XML declaration, UTF-8, and
    windows-1252 where nothing is declared. Bytes that don't fit are not replaced: a label with a
    letter knocked out would look like no label. Raises FetchFailed (undecodable).
    """
    media_type = media_type_of(content_type)
    if not _TEXT_TYPES.match(media_type or _sniff(body)):
        return None
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _decode(body[len(mark) :], charset)
    label = _parameter(content_type) or _in_page(body)
    charset = _charset(label) or _charset(_in_page(body))
    if body.isascii() and charset not in _WIDE:
        return body.decode("ascii")
    if _is_utf8(body) and charset not in _WIDE:
        return body.decode("utf-8")  # whatever a server's old default says
    if label and not charset:
        raise FetchFailed("undecodable", f"charset {label!r} is unknown")
    return _decode(body, charset or "cp1252")


def media_type_of(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _sniff(body: bytes) -> str:
    """What a page without a media type is: text, unless it has bytes no text has."""
    return "application/octet-stream" if b"\x00" in body[:1024] else "text/plain"


def _parameter(content_type: str) -> str:
    match = re.search(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", content_type, re.I)
    return match[1] if match else ""


def _in_page(body: bytes) -> str:
    head = body[:2048]
    match = _XML_CHARSET.search(head) or _HTML_CHARSET.search(head)
    return match[1].decode("ascii", "replace") if match else ""


def _charset(label: str) -> str:
    """The codec for a charset's label; empty where there is none that pages use."""
    try:
        name = codecs.lookup(label).name if label else ""
    except LookupError:
        return ""
    return _CHARSETS.get(name, "")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset)
    except UnicodeDecodeError as error:
        detail = f"byte {error.start} is not {charset}, which the page says it is written in"
        raise FetchFailed("undecodable", detail) from error
