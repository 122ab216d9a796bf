"""Writes a small MMDB file, by https://maxmind.github.io/MaxMind-DB/ (version 2.0 of the format).

Only what the tests need: 32-bit records, maps of strings, whole numbers and maps, and no pointers.
"""

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MARK = b"\xab\xcd\xefMaxMind.com"
MAP, STRING, UINT16, UINT32, UINT64, ARRAY = 7, 2, 5, 6, 9, 11
EMPTY = -1


def write(path: Path, entries: Mapping[str, Mapping[str, Any]], *, version: int = 6) -> Path:
    """A file that answers each network of `entries` with its entry; IPv4 lies under ::/96."""
    data, places = b"", {}
    for network, entry in entries.items():
        places[network] = len(data)
        data += _value(entry)
    nodes = _tree({_bits(network, version): at for network, at in places.items()})
    count = len(nodes)
    tree = b"".join(_record(side, count) for node in nodes for side in node)
    about = {
        "binary_format_major_version": _u16(2),
        "binary_format_minor_version": _u16(0),
        "build_epoch": _head(UINT64, 4) + (1_770_000_000).to_bytes(4, "big"),
        "database_type": _value("Patto-Test"),
        "description": _value({"en": "written by a test"}),
        "ip_version": _u16(version),
        "languages": _head(ARRAY, 0),
        "node_count": _value(count),
        "record_size": _u16(32),
    }
    described = _head(MAP, len(about)) + b"".join(_value(k) + v for k, v in about.items())
    path.write_bytes(tree + bytes(16) + data + MARK + described)
    return path


def _bits(network: str, version: int) -> str:
    known = ipaddress.ip_network(network)
    bits = format(int(known.network_address), f"0{known.max_prefixlen}b")[: known.prefixlen]
    return "0" * 96 + bits if version == 6 and known.version == 4 else bits


def _tree(leaves: Mapping[str, int]) -> list[list[Any]]:
    """Nodes of two sides; a side is the number of a node, ("data", offset) or EMPTY."""
    nodes: list[list[Any]] = [[EMPTY, EMPTY]]
    for bits, at in leaves.items():
        node = 0
        for bit in map(int, bits[:-1]):
            if nodes[node][bit] == EMPTY:
                nodes.append([EMPTY, EMPTY])
                nodes[node][bit] = len(nodes) - 1
            node = nodes[node][bit]
        nodes[node][int(bits[-1])] = ("data", at)
    return nodes


def _record(side: Any, count: int) -> bytes:
    if isinstance(side, tuple):
        return int(count + 16 + side[1]).to_bytes(4, "big")
    return int(count if side == EMPTY else side).to_bytes(4, "big")


def _head(kind: int, size: int) -> bytes:
    """The control byte of a value; kinds past 7 take a second byte."""
    assert size < 29
    return bytes([kind << 5 | size]) if kind <= 7 else bytes([size, kind - 7])


def _u16(number: int) -> bytes:
    return _head(UINT16, 2) + number.to_bytes(2, "big")


def _value(value: Any) -> bytes:
    if isinstance(value, str):
        return _head(STRING, len(value.encode())) + value.encode()
    if isinstance(value, int):
        return _head(UINT32, 4) + value.to_bytes(4, "big")
    inner = b"".join(_value(k) + _value(v) for k, v in value.items())
    return _head(MAP, len(value)) + inner
