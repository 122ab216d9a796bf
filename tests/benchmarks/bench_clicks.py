"""The click engine on campaigns it has not seen: what it catches, whom it spares, how fast.

Seeds 9001 to 9005 are simulated here and nowhere else; tuning takes other seeds (see `streams`).
Of clicks laid on, those not counted; of readers' clicks, those excluded. A repetition within half
an hour is a duplicate by rule and no loss; one person taken for another has a limit of its own.
pyod's IsolationForest and ECOD get the same clicks as simple figures per click, with the true
share of abuse as their contamination, and again at 1 % of readers lost.

python -m tests.benchmarks.bench_clicks              the figures beside their limits
python -m tests.benchmarks.bench_clicks judge FILE   time and memory of one stream, as JSON
"""

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaigns.quality.clicks import Judged, judge
from tests.benchmarks.figures import Figures
from tests.benchmarks.streams import Form, Stream, simulate

SEEDS = (9001, 9002, 9003, 9004, 9005)
TITLES = {"full": "full form", "ingested": "ingested form: no dwell, no conversion, prefixes"}
FETCHED = ("preview", "crawler")
LAID_ON = ("abuse", "sabotage")


def scored(stream: Stream, judged: Judged) -> pl.DataFrame:
    """One row a click: truth, kind, verdict, and `mistaken`: a first click taken for a second."""
    told = stream.truth.join(judged.clicks, on="line", how="inner", validate="1:1")
    clicks = stream.clicks.with_row_index("line").select("line", "ts", "link_id", "influencer_id")
    table = told.join(clicks, on="line").sort("person", "link_id", "ts")
    apart = pl.col("ts").diff().over("person", "link_id") > pl.duration(minutes=30)
    return table.with_columns(
        mistaken=(pl.col("verdict") == "duplicate") & apart.fill_null(True),
    )


def share(table: pl.DataFrame, wanted: pl.Expr, of: pl.Expr) -> float:
    """Percent of the rows `of` that are `wanted`."""
    chosen = table.filter(of)
    return 100.0 * chosen.filter(wanted).height / max(1, chosen.height)


def accounts(stream: Stream, judged: Judged) -> pl.DataFrame:
    """The influencers with the engine's verdict beside the truth."""
    verdicts = [judged.influencers[name].verdict for name in stream.influencers["influencer_id"]]
    return stream.influencers.with_columns(pl.Series("verdict", verdicts))


def judged_all(forms: Iterable[Form]) -> dict[Form, tuple[pl.DataFrame, pl.DataFrame]]:
    """All clicks and all influencers of the five campaigns, as judged in each form."""
    out: dict[Form, tuple[pl.DataFrame, pl.DataFrame]] = {}
    for seed in SEEDS:
        for form in forms:
            stream = simulate(seed, form=form)
            judged = judge(stream.clicks, stream.links)
            clicks = scored(stream, judged).drop("person").with_columns(seed=seed)
            people = accounts(stream, judged).with_columns(seed=seed)
            if form in out:
                clicks, people = (
                    pl.concat([out[form][0], clicks]),
                    pl.concat([out[form][1], people]),
                )
            out[form] = clicks, people
    return out


def say_clicks(figures: Figures, table: pl.DataFrame, form: Form) -> None:
    not_counted, laid_on = pl.col("verdict") != "counted", pl.col("truth").is_in(LAID_ON)
    if form == "full":
        figures.at_least("clicks laid on, not counted", share(table, not_counted, laid_on), 95, "%")
    else:
        figures.told("clicks laid on, not counted", share(table, not_counted, laid_on), "%")
    for kind in table.filter(laid_on)["kind"].unique().sort():
        of = laid_on & (pl.col("kind") == kind)
        n = table.filter(of).height
        figures.told(f"  {kind} (n {n:,})", share(table, not_counted, of), "%")
    lost, human = pl.col("verdict") == "excluded", pl.col("truth") == "human"
    figures.at_most("readers' clicks lost", share(table, lost, human), 1, "%")
    for kind in table.filter(human)["kind"].unique().sort():
        of = human & (pl.col("kind") == kind)
        figures.told(f"  {kind} (n {table.filter(of).height:,})", share(table, lost, of), "%")
    mistaken = share(table, pl.col("mistaken"), human)
    figures.at_most("readers taken for one another", mistaken, 1, "%")
    for kind in ("preview", "crawler", "mail_scanner"):
        of = pl.col("truth").is_in(FETCHED) & (pl.col("kind") == kind)
        figures.told(f"fetches not counted: {kind}", share(table, not_counted, of), "%")
    asked = table.filter((pl.col("truth") == "incited") & ~not_counted).height
    figures.at_most("clicks counted that a post had asked for", asked, 0)


def say_people(figures: Figures, table: pl.DataFrame, form: Form) -> None:
    flagged = pl.col("verdict") == "flagged"
    abusive, honest = pl.col("truth") == "abusive", pl.col("truth") == "honest"
    n = table.filter(abusive).height
    caught = table.filter(abusive & flagged).height
    if form == "full":
        figures.at_least(f"abusive influencers flagged, of {n}", caught, n)
    else:
        figures.told(f"abusive influencers flagged, of {n}", caught)
    for row in table.filter((abusive & ~flagged) | (honest & flagged)).iter_rows(named=True):
        print("    {truth} {kind} {influencer_id}, seed {seed}: {verdict}".format(**row))
    looked = table.filter(honest & (pl.col("verdict") == "look")).height
    wronged = table.filter(honest & flagged).height
    figures.at_most(f"honest influencers flagged, of {table.filter(honest).height}", wronged, 0)
    figures.told("honest influencers a person should look at", looked)


def simple(stream: Stream) -> NDArray[np.float64]:
    """Figures per click that any list of clicks gives, for detectors of outliers."""
    clicks = stream.clicks
    dwell = pl.col("dwell_ms").cast(pl.Float64).log1p()
    hour = pl.col("ts").dt.hour() * (2 * np.pi / 24)
    own = pl.len().over("influencer_id")
    block = pl.col("ip").str.replace(r"[.:][0-9a-f]+$", "")
    return clicks.select(
        pl.len().over("ip").log1p().alias("address"),
        pl.len().over(block).log1p().alias("block"),
        pl.len().over("user_agent").log1p().alias("agent"),
        pl.len().over("ip", "user_agent").log1p().alias("device"),
        (pl.len().over("influencer_id", "user_agent") / own).alias("agent_share"),
        (pl.len().over("influencer_id", "country") / own).alias("country_share"),
        (pl.len().over("influencer_id", "referer") / own).alias("referer_share"),
        (pl.len().over("influencer_id", "accept_language") / own).alias("language_share"),
        (pl.len().over("influencer_id", pl.col("ts").dt.truncate("1h")) / own).alias("rush"),
        (pl.col("referer") == "").cast(pl.Float64).alias("no_referer"),
        (pl.col("accept_language") == "").cast(pl.Float64).alias("no_language"),
        dwell.fill_null(dwell.median()).alias("dwell"),
        pl.col("dwell_ms").is_null().cast(pl.Float64).alias("no_dwell"),
        pl.col("converted").cast(pl.Float64).alias("converted"),
        hour.sin().alias("sin"),
        hour.cos().alias("cos"),
    ).to_numpy()


def peers(figures: Figures) -> None:
    """The two detectors on the same clicks, without the declared fetches, in their favour."""
    from pyod.models.ecod import ECOD
    from pyod.models.iforest import IForest

    found: dict[str, list[tuple[float, float, float]]] = {"IsolationForest": [], "ECOD": []}
    for seed in SEEDS:
        stream = simulate(seed)
        truth = stream.truth["truth"]
        kept = (truth.is_in(LAID_ON) | (truth == "human")).to_numpy()
        laid_on = truth.is_in(LAID_ON).to_numpy()[kept]
        features = simple(stream)[kept]
        rate = float(np.clip(laid_on.mean(), 0.001, 0.5))
        for name, model in (
            ("IsolationForest", IForest(contamination=rate, random_state=seed)),
            ("ECOD", ECOD(contamination=rate)),
        ):
            model.fit(features)
            scores = model.decision_scores_
            found[name].append(
                (
                    100 * model.labels_[laid_on].mean(),
                    100 * model.labels_[~laid_on].mean(),
                    100 * (scores[laid_on] > np.quantile(scores[~laid_on], 0.99)).mean(),
                )
            )
    for name, rows in found.items():
        caught, lost, strict = np.mean(rows, axis=0)
        figures.told(f"{name}: clicks laid on found", caught, "%")
        figures.told(f"{name}: readers' clicks lost", lost, "%")
        figures.told(f"{name}: found at 1 % of readers' clicks lost", strict, "%")


def measured(sizes: Iterable[int]) -> list[tuple[float, float]]:
    """Seconds of one core and peak memory (MB) of a process that judges so many clicks."""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            stream = simulate(SEEDS[0], clicks=size)
            path = Path(folder) / f"{size}.parquet"
            stream.clicks.write_parquet(path)
            path.with_suffix(".links").write_bytes(pickle.dumps(stream.links))
            del stream
            command = [sys.executable, "-m", "tests.benchmarks.bench_clicks", "judge", str(path)]
            one_core = {**os.environ, "POLARS_MAX_THREADS": "1"}
            said = subprocess.run(command, env=one_core, check=True, capture_output=True, text=True)
            figures = json.loads(said.stdout)
            out.append((figures["seconds"], figures["megabytes"]))
    return out


def judge_file(path: Path) -> None:
    """Judge one stream on one core; print its own time on it, whoever else waits, and memory."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    links = pickle.loads(path.with_suffix(".links").read_bytes())
    clicks = pl.read_parquet(path)
    begun = time.process_time()
    judge(clicks, links)
    seconds = time.process_time() - begun
    print(json.dumps({"seconds": seconds, "megabytes": peak()}))


def peak() -> float:
    """Most memory this process held, in MB; getrusage would count what its parent held too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    figures = Figures()
    print(" speed on one core, a campaign of seed 9001", flush=True)
    (quarter, _), (million, memory) = measured((250_000, 1_000_000))
    figures.at_most("1,000,000 clicks judged in", million, 10, "s of CPU")
    figures.at_most("peak memory, input included", memory, 1024, "MB")
    figures.at_most("time of 1,000,000 against 250,000", million / quarter, 5, "times")
    for form, (clicks, people) in judged_all(("full", "ingested")).items():
        print(f" {TITLES[form]}, 5 campaigns of 120,000 clicks", flush=True)
        say_clicks(figures, clicks, form)
        say_people(figures, people, form)
    print(" peers on the full form, the mean of the same 5 campaigns", flush=True)
    peers(figures)
    figures.done()


if __name__ == "__main__":
    if sys.argv[1:2] == ["judge"]:
        judge_file(Path(sys.argv[2]))
    else:
        main()
