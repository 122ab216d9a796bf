"""The networks a simulated campaign is clicked from: carriers, homes, hosting, relays.

Numbers of networks are real ones, so that a list of hosting networks may be used; their address
blocks are drawn anew for every seed, so that no block can be learnt.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

# country: (hours from UTC in March, language tags, home networks, mobile networks)
COUNTRIES: dict[str, tuple[int, tuple[str, ...], tuple[int, ...], tuple[int, ...]]] = {
    "IT": (1, ("it-IT",), (3269, 12874, 30722, 1267, 29447), (3269, 30722, 24608, 29447, 12874)),
    "FR": (1, ("fr-FR",), (3215, 12322, 15557, 5410), (3215, 51207, 15557, 5410)),
    "ES": (1, ("es-ES", "ca-ES"), (3352, 12479, 12430, 57269), (3352, 12479, 12430)),
    "DE": (1, ("de-DE",), (3320, 3209, 6805, 31334, 8881), (3320, 3209, 6805)),
    "GB": (0, ("en-GB",), (2856, 5089, 5607, 13285), (12576, 25135, 206067, 2856)),
    "NL": (1, ("nl-NL",), (1136, 33915, 50266), (1136, 31615, 50266)),
    "PT": (0, ("pt-PT",), (3243, 2860, 12353), (3243, 2860, 12353)),
    "PL": (1, ("pl-PL",), (5617, 12741, 6830), (5617, 12912, 39603, 8374)),
    "RO": (2, ("ro-RO",), (8708, 9050, 12302), (8708, 8953, 12302)),
    "BE": (1, ("nl-BE", "fr-BE"), (5432, 6848), (5432, 47377)),
    "CH": (1, ("de-CH", "fr-CH", "it-CH"), (3303, 6730, 13030), (3303, 6730)),
    "AT": (1, ("de-AT",), (8447, 8412), (8447, 25255, 8412)),
    "US": (-5, ("en-US", "es-US"), (7922, 701, 20115, 7018, 22773), (21928, 6167, 20057)),
    "CA": (-5, ("en-CA", "fr-CA"), (577, 812, 852), (577, 812)),
    "BR": (-3, ("pt-BR",), (28573, 27699, 18881, 7738), (26615, 22085, 26599)),
    "MX": (-6, ("es-MX",), (8151, 13999, 17072), (28403, 28469)),
    "AR": (-3, ("es-AR",), (7303, 22927, 10318), (7303, 22927)),
    "CO": (-5, ("es-CO",), (10620, 3816, 13489), (26611, 27831)),
    "MA": (1, ("fr-MA", "ar-MA"), (6713, 36903), (36925, 36903)),
    "TN": (1, ("fr-TN", "ar-TN"), (37705, 2609), (37492, 37693)),
    "SN": (0, ("fr-SN",), (8346,), (8346, 37649)),
    "CI": (0, ("fr-CI",), (29571, 36974), (29571, 36924)),
    "NG": (1, ("en-NG",), (37148, 29465), (29465, 36873, 37076)),
    "KE": (3, ("en-KE", "sw-KE"), (33771, 15399), (33771, 36866)),
    "EG": (2, ("ar-EG",), (8452, 24863), (36992, 24835)),
    "TR": (3, ("tr-TR",), (9121, 47331, 34984), (16135, 20978)),
    "IN": (5, ("en-IN", "hi-IN"), (9829, 24560, 17488), (55836, 45609, 38266)),
    "BD": (6, ("bn-BD", "en-US"), (45245, 58715), (24389, 24432)),
    "PK": (5, ("en-PK", "ur-PK"), (17557, 9541), (45669, 24499)),
    "ID": (7, ("id-ID",), (7713, 23693), (23693, 4761, 24203)),
    "PH": (8, ("en-PH", "fil-PH"), (9299, 4775), (132199, 10139)),
    "VN": (7, ("vi-VN",), (45899, 18403), (7552, 45899)),
    "UA": (2, ("uk-UA", "ru-UA"), (15895, 3255, 25229), (15895, 21497)),
    "RS": (1, ("sr-RS",), (8400, 31042), (8400, 15958)),
}
HOSTING = (16509, 14061, 24940, 16276, 396982, 8075, 63949, 20473, 51167, 12876)
HOSTED_IN = ("US", "US", "DE", "FR", "US", "NL", "US", "NL", "DE", "FR")
TUNNELS = (9009, 60068, 212238)  # sold as VPN exits; honest readers use them too
RELAYS = (13335, 36183, 54113)  # privacy relays: hosting by number, readers by nature


@dataclass(frozen=True, slots=True)
class Networks:
    """One row a network; `members[(country, role)]` gives the rows of a country and a role.

    first, size: its IPv4 range. high: the upper half of its IPv6 range (a /32).
    """

    asn: Ints
    first: Words
    size: Words
    high: Words
    country: NDArray[np.object_]
    members: dict[tuple[str, str], Ints]

    def pick(self, rng: Generator, country: str, role: str, n: int) -> Ints:
        """n networks of a country and a role (home, mobile, tunnel, relay, hosting)."""
        rows = self.members[country, role]
        weights = 1.0 / (np.arange(len(rows)) + 1.5)
        return rng.choice(rows, n, p=weights / weights.sum())


def networks(rng: Generator) -> Networks:
    """The networks of one seed, each with an address range of its own."""
    rows: list[tuple[str, str, int, int]] = []
    for country, (_, _, homes, mobiles) in COUNTRIES.items():
        home_order, mobile_order = rng.permutation(homes), rng.permutation(mobiles)
        rows += [(country, "home", int(asn), 2 ** int(rng.integers(14, 18))) for asn in home_order]
        rows += [(country, "mobile", int(n), int(rng.choice([48, 128, 256, 1024, 4096])))
                 for n in mobile_order]  # fmt: skip
        rows += [(country, "tunnel", asn, 256) for asn in TUNNELS]
        rows += [(country, "relay", asn, 512) for asn in RELAYS]
    rows += [
        (where, "hosting", asn, 2 ** int(rng.integers(10, 15)))
        for asn, where in zip(HOSTING, HOSTED_IN, strict=True)
    ]
    # Each range lies in a /14 of its own of unicast space (never a private or reserved one).
    blocks = np.arange(5 * 64, 223 * 64)
    blocks = blocks[~np.isin(blocks // 64, (10, 100, 127, 169, 172, 192, 198, 203))]
    bases = rng.permutation(blocks)[: len(rows)].astype(np.uint64) << np.uint64(18)
    sizes = np.array([size for *_, size in rows])
    bases += (rng.integers(0, (1 << 18) - sizes) & ~255).astype(np.uint64)
    members: dict[tuple[str, str], list[int]] = {}
    for row, (country, role, _, _) in enumerate(rows):
        members.setdefault((country, role), []).append(row)
        if role == "hosting":
            members.setdefault(("", "hosting"), []).append(row)
    return Networks(
        asn=np.array([asn for _, _, asn, _ in rows]),
        first=bases,
        size=sizes.astype(np.uint64),
        high=np.uint64(0x2A00 << 48)
        + (rng.permutation(60_000)[: len(rows)].astype(np.uint64) << np.uint64(32)),
        country=np.array([country for country, *_ in rows], dtype=object),
        members={key: np.array(value) for key, value in members.items()},
    )


def scattered(*parts: NDArray[np.generic] | int) -> Words:
    """A number for each row, the same for equal parts and else at random (splitmix64)."""
    mixed = np.uint64(0x9E3779B97F4A7C15)
    total: Words = np.zeros(1, np.uint64)
    with np.errstate(over="ignore"):
        for part in parts:
            total = (total + np.asarray(part).astype(np.uint64) + mixed) * np.uint64(
                0xBF58476D1CE4E5B9
            )
            total ^= total >> np.uint64(29)
            total *= np.uint64(0x94D049BB133111EB)
            total ^= total >> np.uint64(32)
    return total


def written(six: NDArray[np.bool_], high: Words, low: Words, *, prefix: bool) -> list[str]:
    """Addresses as text; `prefix`: only their /24 or /48."""
    out = []
    for is_six, h, lo in zip(six.tolist(), high.tolist(), low.tolist(), strict=True):
        if not is_six:
            last = "0/24" if prefix else str(lo & 255)
            out.append(f"{lo >> 24 & 255}.{lo >> 16 & 255}.{lo >> 8 & 255}.{last}")
        elif prefix:
            out.append(f"{h >> 48:x}:{h >> 32 & 65535:x}:{h >> 16 & 65535 or 1:x}::/48")
        else:
            groups = (h >> 48, h >> 32, h >> 16, h, lo >> 48, lo >> 32, lo >> 16, lo)
            out.append(":".join(f"{group & 65535 or 1:x}" for group in groups))
    return out
