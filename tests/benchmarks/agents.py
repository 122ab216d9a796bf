"""User agents of people and of robots, as a link's server saw them in early 2026.

Common browsers are written here from their makers' own patterns: since Chrome 110 every Android
phone says "Android 10; K" and only its major version, every iPhone says only its iOS version,
while browsers inside apps still name the device. The long tail and the robots are real agents
from `agents.csv` (source and licences in agents.SOURCE.md).
"""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.random import Generator

FILE = Path(__file__).with_name("agents.csv")

CHROME = (109, 120, 131, 138, 141, 142, 143, 144, 145)
CHROME_WEIGHTS = (0.02, 0.02, 0.03, 0.03, 0.05, 0.08, 0.17, 0.35, 0.25)
IOS = ("15_8_4", "16_7_11", "17_6_1", "18_3_2", "18_5", "18_6_2", "18_7", "26_1", "26_2", "26_3")
IOS_WEIGHTS = (0.02, 0.04, 0.06, 0.06, 0.09, 0.12, 0.18, 0.1, 0.2, 0.13)
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONES = ("iPhone12,1", "iPhone13,2", "iPhone14,5", "iPhone14,7", "iPhone15,3", "iPhone15,4",
           "iPhone16,1", "iPhone17,1", "iPhone17,3", "iPhone18,3")  # fmt: skip
# model, board, Android release, screen
PHONES = (
    ("samsung; SM-A536B; a53x; s5e8825", 14, "1080x2181"),
    ("samsung; SM-A546B; a54x; s5e8835", 15, "1080x2130"),
    ("samsung; SM-A155F; a15; mt6789", 15, "1080x2106"),
    ("samsung; SM-A137F; a13ve; mt6768", 14, "1080x2177"),
    ("samsung; SM-A127F; a12s; exynos850", 13, "720x1467"),
    ("samsung; SM-S911B; dm1q; qcom", 15, "1080x2115"),
    ("samsung; SM-S928B; e3q; qcom", 15, "1440x2928"),
    ("samsung; SM-G781B; r8q; qcom", 13, "1080x2178"),
    ("samsung; SM-A346B; a34x; mt6877", 14, "1080x2122"),
    ("Xiaomi/Redmi; 2201117TY; spes; qcom", 13, "1080x2177"),
    ("Xiaomi/Redmi; 23021RAA2Y; topaz; qcom", 14, "1080x2186"),
    ("Xiaomi/Redmi; 23106RN0DA; gale; mt6768", 14, "720x1465"),
    ("Xiaomi/Redmi; M2101K7BNY; rosemary; mt6785", 12, "1080x2179"),
    ("Xiaomi; 2201123G; cupid; qcom", 14, "1080x2180"),
    ("Google/google; Pixel 7a; lynx; lynx", 16, "1080x2176"),
    ("Google/google; Pixel 8; shiba; shiba", 16, "1080x2150"),
    ("Google/google; Pixel 9; tokay; tokay", 16, "1080x2187"),
    ("OnePlus; CPH2409; OP5552L1; qcom", 13, "1080x2158"),
    ("OPPO; CPH2477; OP5759L1; mt6765", 13, "720x1434"),
    ("realme; RMX3624; RE58B6L1; ums9230", 13, "1080x2174"),
    ("motorola; moto g54 5G; cancunf; mt6855", 14, "1080x2177"),
    ("HUAWEI; MAR-LX1A; HWMAR; kirin710", 10, "1080x2107"),
    ("HONOR; CRT-LX1; HNCRT-M; qcom", 14, "1080x2172"),
    ("Infinix; X6531; Infinix-X6531; mt6768", 13, "1080x2180"),
    ("TECNO; KI5q; TECNO-KI5q; mt6765", 12, "720x1427"),
)
APP_BUILDS = {
    "instagram": (
        "398.0.0.52.86",
        "407.0.0.55.79",
        "412.0.0.41.90",
        "416.0.0.47.66",
        "418.0.0.33.70",
    ),
    "facebook": (
        "489.0.0.66.81",
        "521.0.0.48.103",
        "538.0.0.53.70",
        "545.0.0.31.64",
        "547.0.0.38.81",
    ),
    "tiktok": ("39.8.3", "41.2.0", "42.4.3", "43.1.0", "43.6.2"),
}
BUILD_WEIGHTS = (0.07, 0.13, 0.2, 0.35, 0.25)


@cache
def listed(kind: str, device: str = "") -> tuple[str, ...]:
    """The agents of `agents.csv` of one kind (human, preview, crawler), perhaps of one device."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            row["user_agent"]
            for row in csv.DictReader(file)
            if row["kind"] == kind and device in ("", row["device"])
        )


class Drawn:
    """Draws of one kind of string, made in bulk and handed out one by one."""

    def __init__(self, rng: Generator) -> None:
        self._rng = rng
        self._stock: dict[str, list[int]] = {}

    def index(self, name: str, size: int, weights: object = None) -> int:
        stock = self._stock.get(name)
        if not stock:
            p = (
                None
                if weights is None
                else np.asarray(weights, float) / np.asarray(weights, float).sum()
            )
            stock = self._stock[name] = self._rng.choice(size, 4096, p=p).tolist()
        return stock.pop()

    def one(self, name: str, of: tuple[str, ...], weights: object = None) -> str:
        return of[self.index(name, len(of), weights)]

    def chrome(self) -> int:
        return CHROME[self.index("chrome", len(CHROME), CHROME_WEIGHTS)]

    def ios(self) -> str:
        return self.one("ios", IOS, IOS_WEIGHTS)

    def build(self, app: str) -> str:
        return self.one(app, APP_BUILDS[app], BUILD_WEIGHTS)

    def phone(self) -> tuple[str, int, str]:
        return PHONES[self.index("phone", len(PHONES), range(len(PHONES) + 3, 3, -1))]


def _iphone(draw: Drawn) -> str:
    return f"Mozilla/5.0 (iPhone; CPU iPhone OS {draw.ios()} like Mac OS X) {WEBKIT}"


def _safari(draw: Drawn) -> str:
    ios = draw.ios()
    frozen = "18_7" if ios.startswith("26") else ios
    version = ".".join(ios.split("_")[:2])
    return (
        f"Mozilla/5.0 (iPhone; CPU iPhone OS {frozen} like Mac OS X) {WEBKIT} "
        f"Version/{version} Mobile/15E148 Safari/604.1"
    )


def _chrome_android(draw: Drawn) -> str:
    return (
        f"Mozilla/5.0 (Linux; Android 10; K) {BLINK} Chrome/{draw.chrome()}.0.0.0 "
        "Mobile Safari/537.36"
    )


def _samsung(draw: Drawn) -> str:
    version = ("26.0", "27.0", "28.0", "29.0")[draw.index("samsung", 4, (0.1, 0.1, 0.3, 0.5))]
    return (
        f"Mozilla/5.0 (Linux; Android 10; K) {BLINK} SamsungBrowser/{version} "
        "Chrome/136.0.0.0 Mobile Safari/537.36"
    )


def _firefox_android(draw: Drawn) -> str:
    version = 140 + draw.index("firefox", 9)
    return f"Mozilla/5.0 (Android 15; Mobile; rv:{version}.0) Gecko/{version}.0 Firefox/{version}.0"


def _webview(draw: Drawn) -> str:
    model, release, _ = draw.phone()
    return (
        f"Mozilla/5.0 (Linux; Android {release}; {model.split('; ')[1]} Build/"
        f"{'UP1A.231005.007' if release > 13 else 'TP1A.220624.014'}; wv) {BLINK} "
        f"Version/4.0 Chrome/{draw.chrome()}.0."
        f"{7100 + draw.index('patch', 9) * 31}.{draw.index('sub', 180)} "
        "Mobile Safari/537.36"
    )


def _instagram_ios(draw: Drawn) -> str:
    return (
        f"{_iphone(draw)} Mobile/15E148 Instagram {draw.build('instagram')} "
        f"({draw.one('iphone', IPHONES)}; iOS {draw.ios()}; xx_XX; xx; scale=3.00; 1170x2532)"
    )


def _instagram_android(draw: Drawn) -> str:
    model, release, screen = draw.phone()
    return (
        f"{_webview(draw)} Instagram {draw.build('instagram')} Android "
        f"({release + 19}/{release}; 450dpi; {screen}; {model}; xx_XX; "
        f"7{draw.index('ig', 90) + 100})"
    )


def _facebook_ios(draw: Drawn) -> str:
    return (
        f"{_iphone(draw)} Mobile/22G100 [FBAN/FBIOS;FBAV/{draw.build('facebook')};"
        f"FBDV/{draw.one('iphone', IPHONES)};FBMD/iPhone;FBSN/iOS;FBLC/xx_XX;FBOP/5]"
    )


def _facebook_android(draw: Drawn) -> str:
    return f"{_webview(draw)} [FB_IAB/FB4A;FBAV/{draw.build('facebook')};]"


def _tiktok_ios(draw: Drawn) -> str:
    build = draw.build("tiktok")
    return (
        f"{_iphone(draw)} Mobile/15E148 musical_ly_{build} JsSdk/2.0 NetType/WIFI "
        "Channel/App Store "
        f"ByteLocale/xx Region/XX isDarkMode/0 WKWebView/1 BytedanceWebview/d8a21c6"
    )


def _tiktok_android(draw: Drawn) -> str:
    build = draw.build("tiktok").replace(".", "0")
    return (
        f"{_webview(draw)} trill_{build} JsSdk/1.0 NetType/MOBILE "
        "AppName/musical_ly BytedanceWebview/d8a21c6"
    )


def _chrome_desktop(draw: Drawn) -> str:
    system = (
        "Windows NT 10.0; Win64; x64",
        "Macintosh; Intel Mac OS X 10_15_7",
        "X11; Linux x86_64",
    )
    return (
        f"Mozilla/5.0 ({draw.one('desk', system, (0.75, 0.2, 0.05))}) {BLINK} "
        f"Chrome/{draw.chrome()}.0.0.0 Safari/537.36"
    )


def _edge(draw: Drawn) -> str:
    version = draw.chrome()
    return (
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Chrome/{version}.0.0.0 "
        f"Safari/537.36 Edg/{version}.0.0.0"
    )


def _firefox_desktop(draw: Drawn) -> str:
    version = 140 + draw.index("firefox", 9)
    return (
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{version}.0) "
        f"Gecko/20100101 Firefox/{version}.0"
    )


def _safari_desktop(draw: Drawn) -> str:
    version = ("17.6", "18.5", "18.6", "26.2")[draw.index("mac", 4)]
    return (
        f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} "
        f"Version/{version} Safari/605.1.15"
    )


def _tail(draw: Drawn) -> str:
    return draw.one("tail", listed("human"))


def _old_phone(draw: Drawn) -> str:
    return draw.one("old", listed("human", "smartphone"))


AGENTS: dict[str, Callable[[Drawn], str]] = {
    "safari": _safari,
    "chrome_android": _chrome_android,
    "samsung": _samsung,
    "firefox_android": _firefox_android,
    "webview": _webview,
    "instagram_ios": _instagram_ios,
    "instagram_android": _instagram_android,
    "facebook_ios": _facebook_ios,
    "facebook_android": _facebook_android,
    "tiktok_ios": _tiktok_ios,
    "tiktok_android": _tiktok_android,
    "chrome_desktop": _chrome_desktop,
    "edge": _edge,
    "firefox_desktop": _firefox_desktop,
    "safari_desktop": _safari_desktop,
    "tail": _tail,
    "old_phone": _old_phone,
}


def agent(browser: str, draw: Drawn, locale: str) -> str:
    """One agent of a browser of `AGENTS`; `locale` as it_IT, which some apps tell."""
    said = AGENTS[browser](draw)
    if "xx" not in said:
        return said
    language, country = locale.split("_")
    return (
        said.replace("xx_XX", locale)
        .replace("; xx;", f"; {language};")
        .replace("ByteLocale/xx Region/XX", f"ByteLocale/{language} Region/{country}")
    )
