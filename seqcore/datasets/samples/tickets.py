"""Short messages to a shop's support desk from a seeded grammar of our own: five classes, many words in common.

Most messages are of one concern, and single words tell which. Others also name a concern that is settled, with the
words of another class, so that only their order says what is asked now. A few name none, and belong to any class: no
model can be right on all of them.
"""

from __future__ import annotations

import random

_OPENINGS = (
    "", "", "Hello, ", "Hi there, ", "Good morning, ", "Please help: ", "Quick question: ", "Sorry to bother you, but ",
    "For the second time, ",
)  # fmt: skip
_CLOSINGS = (
    "",
    "",
    " Thank you.",
    " Please reply soon.",
    " What should I do?",
    " Can you help?",
    " Many thanks in advance.",
)
_ITEMS = (
    "kettle", "lamp", "rucksack", "blender", "jacket", "keyboard", "desk chair", "headset", "bicycle pump", "tent",
    "coffee grinder", "radio", "pair of boots", "mirror", "toaster", "bookshelf", "raincoat", "monitor", "garden hose",
    "camping stove",
)  # fmt: skip
_TIMES = (
    "yesterday", "last week", "on Monday", "two weeks ago", "this morning", "in March", "before the holidays",
    "a month ago", "on Friday evening",
)  # fmt: skip
# Class → sentences; {item}, {time} and {number} are drawn.
_SENTENCES: dict[str, tuple[str, ...]] = {
    "account": (
        "I could not sign in {time}, although my password is right.",
        "how do I change the e-mail address of my account?",
        "the link to reset my password has expired, and no new one comes.",
        "please delete my account; I ordered a {item} once and need it no more.",
        "my profile showed the name of somebody else {time}.",
        "the code that should let me log in never reaches my phone.",
        "why was my account locked {time}?",
    ),
    "billing": (
        "I was charged twice for the {item} that I ordered {time}.",
        "the invoice of order {number} shows the wrong amount.",
        "my card was declined {time}, yet the money has left my bank.",
        "where do I find the receipt for the {item}?",
        "the discount on the {item} does not appear on my bill.",
        "may I pay for the {item} in three instalments?",
        "you took {number} euros from my account for a {item} that I never bought.",
    ),
    "delivery": (
        "my {item} was due {time} and has not arrived.",
        "the tracking page of order {number} last moved {time}.",
        "the courier left the {item} with a neighbour whom I do not know.",
        "can you send the {item} to my office instead of my home?",
        "the parcel came {time}, but the {item} was not in it.",
        "when will the {item} that I ordered {time} be shipped?",
        "nobody rang, yet the driver says that I was not at home {time}.",
    ),
    "fault": (
        "the {item} worked for a day and stopped {time}.",
        "one part of the {item} is broken, and it rattles.",
        "the {item} does not switch on any more.",
        "smoke came out of the {item} {time}.",
        "the {item} makes a loud noise as soon as I touch it.",
        "a screw of the {item} came loose {time}, and now it wobbles.",
        "the {item} that arrived {time} has a crack.",
    ),
    "returns": (
        "I would like to send the {item} back; it is too small.",
        "how many days do I have to return a {item}?",
        "I returned the {item} {time} and still wait for my refund.",
        "can I exchange the {item} for another colour?",
        "there was no label for the return in the box of the {item}.",
        "I changed my mind about the {item} that I ordered {time}; may I give it back?",
        "which address should I send the unwanted {item} to?",
    ),
}


# What is asked now, and what was settled before, in either order.
_WITH_A_SETTLED_ONE = (
    "settled: {settled} New: {asked}",
    "new: {asked} Settled: {settled}",
    "no longer this: {settled} But this: {asked}",
    "but this: {asked} No longer this: {settled}",
)
_UNSAID = (
    "I have not heard from you about the {item} since {time}.",
    "it is about order {number}, the {item}; please call me.",
    "I wrote to you about the {item} {time}, and nobody answered.",
)
_KINDS = ("one", "settled", "unsaid")
_SHARES = (80, 16, 4)


def write_tickets(rows: int, seed: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Texts and labels: `rows` different messages, the classes in turn, in random order."""
    rng = random.Random(seed)
    labels = tuple(_SENTENCES)
    found: dict[str, str] = {}
    while len(found) < rows:
        label = labels[len(found) % len(labels)]
        text = _message(label, rng)
        found.setdefault(text[0].upper() + text[1:], label)
    order = list(found.items())
    rng.shuffle(order)
    return tuple(text for text, _ in order), tuple(label for _, label in order)


def _message(label: str, rng: random.Random) -> str:
    (kind,) = rng.choices(_KINDS, _SHARES)
    asked = _filled(rng.choice(_UNSAID if kind == "unsaid" else _SENTENCES[label]), rng)
    if kind == "settled":
        other = rng.choice([each for each in _SENTENCES if each != label])
        return rng.choice(_WITH_A_SETTLED_ONE).format(asked=asked, settled=_filled(rng.choice(_SENTENCES[other]), rng))
    return rng.choice(_OPENINGS) + asked + rng.choice(_CLOSINGS)


def _filled(sentence: str, rng: random.Random) -> str:
    return sentence.format(item=rng.choice(_ITEMS), time=rng.choice(_TIMES), number=rng.randint(20, 990))
