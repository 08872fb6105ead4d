"""Small things that make the server, or what stands below it, large."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress
from functools import partial

from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.attack.bystander import somebody_else
from benchmarks.attack.files import packed_csv, parquet, unique_words
from benchmarks.attack.target import Ground, Target, Watch, until
from benchmarks.attack.tries import Outcome, attack
from benchmarks.streamlit_client import Tab, VisitError

_CHARACTERS = 2_000
_A_TEXT = 60.0  # MB that a text which was looked at may leave behind
_A_TAB = 10.0  # MB that a closed tab may leave behind
_WORK_GOES_ON = 0.5  # cores


@attack("clear_cache", seconds=300)
async def clear_cache(target: Target) -> Outcome:
    """Four times the two bytes that empty everybody's caches, then Train."""
    async with Tab(target.url) as tab:
        await tab.click("train-now")
        await until(target.supervisors, 60.0)
        before = len(target.supervisors())
        message = BackMsg()
        message.clear_cache = True
        for number in range(4):
            with suppress(VisitError):
                async with Tab(target.url) as fresh:
                    await fresh.send(message)
                    await fresh.refresh()
            with suppress(VisitError):
                async with Tab(target.url) as fresh:
                    await fresh.click("train-now")
                    await until(partial(_has_supervisors, target, before + number + 1), 8.0)
    after = len(target.supervisors())
    memory = await asyncio.to_thread(target.memory)
    return Outcome(after <= 1, f"{before} → {after} supervisors, {memory / 1000:.1f} GB in all")


def _has_supervisors(target: Target, many: int) -> bool:
    return len(target.supervisors()) >= many


def train_a_transformer(ground: Ground) -> None:
    """Eight heads in two layers that read 2,000 characters."""
    draw, lines = random.Random(3), ["text,label"]
    for row in range(12):
        lines.append(f"{_long_text(draw)},{'good' if row % 2 else 'bad'}")
    file = ground.home / "long.csv"
    file.write_text("\n".join(lines))
    settings = ["tokenizer=character", "heads=8", "layers=2", "embedding_size=16"]
    options = [part for each in settings for part in ("--set", each)]
    ground.command(
        "train", str(file), "--architectures", "transformer", "--epochs", "1", "--batch-size", "2",
        "--max-length", str(_CHARACTERS), "--units", "8", *options,
    )  # fmt: skip


def _long_text(draw: random.Random) -> str:
    words = " ".join("".join(draw.choices("abcdefghijklmnop", k=7)) for _ in range(_CHARACTERS // 8))
    return words.ljust(_CHARACTERS, "x")[:_CHARACTERS]


@attack("attention", prepare=train_a_transformer, seconds=300)
async def attention(target: Target) -> Outcome:
    """Texts of 2,000 characters, looked at through 8 heads in 2 layers."""
    ((trained,),) = target.rows("SELECT id FROM experiments")
    experiment = target.shown_to_others(trained)
    draw, many = random.Random(5), 8 if target.full else 4
    async with somebody_else(target.url) as other:
        async with Tab(target.url, f"attention?experiment={experiment}&tab=Attention") as tab:
            await tab.until(lambda: tab.page.find("look-text"), "the text box")
            await tab.until(lambda: tab.page.find("look-attention-layer"), "an answer", 180.0)
            watch = Watch(target)
            following = asyncio.create_task(watch.follow())
            other.begin()
            for _ in range(many):
                await tab.write("look-text", _long_text(draw))
        following.cancel()
        each = await watch.after(5.0, 0.0) / many
        problems = "; ".join(tab.page.problems)[:120]
        figure = f"{each:+.0f} MB a text after closing, +{watch.growth:.0f} MB at worst, {other.told()} {problems}"
        return Outcome(each < _A_TEXT and other.is_well and not problems, figure)


@attack("closed_tabs", seconds=420)
async def closed_tabs(target: Target) -> Outcome:
    """Tabs opened and closed, each with a tiny Parquet file of 60 MB of text."""
    tabs = 30 if target.full else 12
    async with somebody_else(target.url) as other:
        watch = Watch(target)
        following = asyncio.create_task(watch.follow())
        refused = ""
        for number in range(tabs):
            content = await asyncio.to_thread(parquet, 60, number)
            try:
                async with Tab(target.url) as tab, asyncio.timeout(60):
                    await tab.choose("data-source", "Upload")
                    await tab.upload("data-file", f"file-{number}.parquet", content)
                    refused = "; ".join(tab.page.problems)[:80]
            except (VisitError, OSError, TimeoutError) as error:
                refused = f"{type(error).__name__} {error}"[:80]
        left = await watch.after(30.0, _A_TAB * tabs)
        following.cancel()
        figure = f"+{left:.0f} MB after {tabs} closed tabs, +{watch.growth:.0f} MB at worst, {other.told()} {refused}"
        return Outcome(left < _A_TAB * tabs and other.is_well, figure)


@attack("subwords", seconds=300)
async def subwords(target: Target) -> Outcome:
    """Subwords of megabytes of words that all occur once; the visitor leaves in the middle."""
    megabytes = 57 if target.full else 20
    content = await asyncio.to_thread(unique_words, megabytes)
    async with somebody_else(target.url) as other:
        watch = Watch(target)
        following = asyncio.create_task(watch.follow())
        refused = ""
        try:
            async with Tab(target.url) as tab:
                await tab.choose("data-source", "Upload")
                async with asyncio.timeout(90):
                    await tab.upload("data-file", "words.csv", content)
                    await tab.click("to-train")
                async with asyncio.timeout(40 if target.full else 15):  # from here on subwords are looked for
                    await tab.select("train-input-tokenizer", "Subwords")
                refused = "; ".join(tab.page.problems)[:120]
        except TimeoutError:
            refused = "left in the middle"
        except (VisitError, OSError) as error:
            refused = f"{type(error).__name__} {error}"[:120]
        await asyncio.sleep(6.0)
        start, spent = time.perf_counter(), await asyncio.to_thread(target.cpu)
        await asyncio.sleep(8.0)
        cores = (await asyncio.to_thread(target.cpu) - spent) / (time.perf_counter() - start)
        following.cancel()
        held = cores < _WORK_GOES_ON and other.is_well and watch.growth < 60 * megabytes
        figure = f"+{watch.growth:.0f} MB at worst for {megabytes} MB, {cores:.1f} cores after leaving, {other.told()}"
        return Outcome(held, f"{figure} ({refused})")


@attack("packed_csv", seconds=300)
async def five_packed_files(target: Target) -> Outcome:
    """Five visitors at once, each with a .csv.gz a thousand times smaller than its content."""
    megabytes = 95
    contents = [await asyncio.to_thread(packed_csv, megabytes, number) for number in range(5)]
    refused: list[str] = []

    async def visit(number: int, content: bytes) -> None:
        try:
            async with Tab(target.url) as tab, asyncio.timeout(150):
                await tab.choose("data-source", "Upload")
                await tab.upload("data-file", f"file-{number}.csv.gz", content)
                refused.extend(tab.page.problems)
        except (VisitError, OSError, TimeoutError) as error:
            refused.append(f"{type(error).__name__} {error}")

    async with somebody_else(target.url) as other:
        watch = Watch(target)
        following = asyncio.create_task(watch.follow())
        await asyncio.gather(*(visit(number, content) for number, content in enumerate(contents)))
        left = await watch.after(20.0, 200.0)
        following.cancel()
        said = f"; {len(refused)} refused: {refused[0][:90]}" if refused else ""
        figure = f"+{watch.growth:.0f} MB at worst, +{left:.0f} MB after closing, {other.told()}{said}"
        return Outcome(watch.growth < 1_000 and left < 300 and other.is_well, figure)
