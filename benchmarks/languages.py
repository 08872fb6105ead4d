"""Accuracy on Chinese and Thai reviews, generated here from a seed, by how scripts without spaces are cut.

    python -m benchmarks.languages [--rows 800] [--seeds 0,1,2] [--models lstm,cnn,bag_of_words] [--cuts letters,auto]

"letters" is what versions before 6 of the settings did, "auto" today's default; "characters" and "words" are the other
values of the setting `spaceless`. A review has one opinion among sentences that say nothing; some opinions are negated,
some follow a concession of the opposite, and one label in twenty is wrong (so 0.95 is what can be reached). Prints, for
each language, cut and model, the mean test accuracy with its standard deviation over the seeds in points, and once for
each cut how many tokens the middle text has and how many ids there are.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.defaults import measure
from benchmarks.race import warm_engine
from seqcore.datasets import LabelledText
from seqcore.kinds.text import TextEncoder, TextOptions

WRONG = 0.05  # share of the labels
LABELS = ("negative", "positive")
SETTINGS: dict[str, dict[str, Any]] = {
    "letters": {"spaceless": "letters", "fold_width": False},
    "auto": {},
    "characters": {"spaceless": "characters"},
    "words": {"spaceless": "words"},
}


@dataclass(frozen=True)
class Language:
    """What reviews are put together from.

    Attributes:
        opinions: Of each label, the words that say it.
        sentence: Subject, word and emphasis as a sentence.
        negated: The same as a negated one.
        concession: Two sentences, of which the second counts.
        asides: Sentences that say nothing, some with a negation of their own.
    """

    name: str
    subjects: tuple[str, ...]
    opinions: tuple[tuple[str, ...], tuple[str, ...]]
    emphases: tuple[str, ...]
    sentence: str
    negated: str
    concession: str
    asides: tuple[str, ...]
    between: str
    end: str


CHINESE = Language(
    "Chinese",
    ("这家的菜", "服务员", "房间", "电影", "音乐", "故事", "价格", "老板", "环境", "位置", "包装", "味道"),
    (("难吃", "难看", "难受", "失望", "脏乱", "冷淡", "昂贵", "丑陋", "平淡", "无聊", "糟糕", "吵闹", "麻烦", "粗心"),
     ("好吃", "好看", "舒服", "满意", "干净", "热情", "便宜", "漂亮", "精彩", "有趣", "新鲜", "安静", "方便", "用心")),
    ("很", "非常", "特别", "真的很", "挺", "实在"),
    "{subject}{emphasis}{opinion}", "{subject}一点也不{opinion}", "虽然{first}，但是{second}",
    ("我们昨天下午去的", "朋友推荐我来的", "停车场在后面", "离地铁站不远", "周末人不少", "不知道什么时候再来",
     "是在网上预订的", "孩子也一起去了", "大概等了十分钟", "以前没有来过", "天气好的时候可以走路", "下班以后顺便看了看",
     "这里难得下雨", "不是第一次了"),
    "，", "。",
)  # fmt: skip
THAI = Language(
    "Thai",
    ("อาหาร", "บริการ", "ห้องพัก", "พนักงาน", "ราคา", "หนัง", "เพลง", "ร้านนี้", "บรรยากาศ", "ที่จอดรถ",
     "เจ้าของร้าน", "รสชาติ"),
    (("แย่", "สกปรก", "แพง", "น่าเบื่อ", "น่าผิดหวัง", "ช้า", "เสียงดัง", "จืดชืด", "น่ารำคาญ", "อึดอัด",
      "หยาบคาย", "ใจร้าย", "ล้าสมัย"),
     ("ดี", "สะอาด", "คุ้มค่า", "น่าสนใจ", "น่าประทับใจ", "รวดเร็ว", "เงียบสงบ", "อร่อย", "น่ารัก", "สบาย",
      "สุภาพ", "ใจดี", "ทันสมัย")),
    ("มาก", "จริงๆ", "ที่สุด", "มากเลย", "เหลือเกิน"),
    "{subject}{opinion}{emphasis}", "{subject}ไม่{opinion}เลย", "ถึงแม้ว่า{first}แต่{second}",
    ("เมื่อวานไปกับเพื่อน", "อยู่ใกล้สถานีรถไฟฟ้า", "ไม่รู้ว่าจะไปอีกเมื่อไหร่", "จองผ่านเว็บไซต์",
     "ลูกไปด้วยกัน", "รอประมาณสิบนาที",
     "ไม่เคยมาก่อน", "วันหยุดคนไม่น้อย", "เดินไปได้ถ้าอากาศดี", "แวะดูหลังเลิกงาน",
     "ที่นี่ฝนตกช้ากว่าที่อื่น", "ไม่ใช่ครั้งแรก", "สั่งสองจาน"),
    " ", "",
)  # fmt: skip


def reviews(language: Language, rows: int, seed: int) -> LabelledText:
    """Labelled reviews; the same seed gives the same ones."""
    chance = random.Random(f"{language.name} {seed}")
    codes = [chance.randrange(2) for _ in range(rows)]
    texts = [_review(language, code, chance) for code in codes]
    labels = [LABELS[1 - code if chance.random() < WRONG else code] for code in codes]
    return LabelledText(language.name, tuple(texts), tuple(labels))


def _review(language: Language, code: int, chance: random.Random) -> str:
    said = _opinion(language, code, chance)
    if chance.random() < 0.3:
        said = language.concession.format(first=_opinion(language, 1 - code, chance), second=said)
    parts = chance.sample(language.asides, chance.randint(1, 4))
    parts.insert(chance.randint(0, len(parts)), said)
    return language.between.join(parts) + language.end


def _opinion(language: Language, code: int, chance: random.Random) -> str:
    negated = chance.random() < 0.3
    return (language.negated if negated else language.sentence).format(
        subject=chance.choice(language.subjects),
        emphasis=chance.choice(language.emphases),
        opinion=chance.choice(language.opinions[1 - code if negated else code]),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=800)
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0, 1, 2])
    parser.add_argument("--models", type=lambda text: text.split(","), default=["lstm", "cnn", "bag_of_words"])
    parser.add_argument("--cuts", type=lambda text: text.split(","), default=list(SETTINGS))
    parser.add_argument("--workers", type=int, help="runs at a time (default: cores)")
    arguments = parser.parse_args()
    with warm_engine(arguments.workers) as (store, engine):
        for language in (THAI, CHINESE):
            data = reviews(language, arguments.rows, seed=0)
            print(f"{language.name}, {arguments.rows} texts, seeds {arguments.seeds}, such as: {data.texts[0]}")
            for cut in arguments.cuts:
                encoder = TextEncoder.fit(data.texts, TextOptions(**SETTINGS[cut]))
                print(f"  {cut}: {np.median(encoder.lengths(data.texts)):.0f} tokens a text, {encoder.size} ids")
                for name, score in measure(
                    store, engine, data, arguments.models, arguments.seeds, SETTINGS[cut]
                ).items():
                    print(f"    {name:14} {score.accuracy:.4f} ±{100 * score.spread:.1f}", flush=True)


if __name__ == "__main__":
    main()
