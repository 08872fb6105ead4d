"""The words of the sample reviews: what is reviewed, its parts, and what people say of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A kind of thing that is reviewed.

    Attributes:
        names: What it is called.
        met: What one does with it, in the past tense.
        parts: Its parts, each singular.
        good: What one says of a good part.
        bad: What one says of a bad part.
    """

    names: tuple[str, ...]
    met: str
    parts: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """The words of a text; an underscore stands for a space inside a phrase."""
    return tuple(word.replace("_", " ") for word in text.split())


SUBJECTS = (
    Subject(
        words("film movie thriller comedy western documentary sequel drama cartoon"),
        "watched",
        words("plot acting script ending score camera_work dialogue cast opening editing"),
        words("gripping moving witty clever tender"),
        words("tedious clumsy hollow predictable lifeless"),
    ),
    Subject(
        words("book novel memoir biography mystery story_collection romance novella"),
        "read",
        words("prose storyline first_chapter conclusion heroine narrator translation pacing style"),
        words("absorbing elegant lyrical wise vivid"),
        words("wooden dreary bloated pretentious flat"),
    ),
    Subject(
        words("restaurant bistro cafe diner pizzeria bakery canteen tavern brasserie"),
        "ate at",
        words("soup bread dessert coffee salad curry pasta cake sauce starter omelette"),
        words("delicious fresh tasty delicate flavourful"),
        words("bland greasy stale soggy tasteless"),
    ),
    Subject(
        words("hotel hostel guesthouse resort inn cabin motel apartment"),
        "stayed at",
        words("room bed bathroom lobby garden kitchen terrace lounge sauna balcony"),
        words("spotless cosy quiet charming comfortable"),
        words("dirty noisy cramped shabby damp"),
    ),
    Subject(
        words("phone laptop camera tablet headset watch speaker printer scanner"),
        "used",
        words("screen battery microphone design software keyboard charger case strap lens"),
        words("fast reliable sturdy handy sleek"),
        words("slow flimsy faulty awkward unreliable"),
    ),
    Subject(
        words("album concert symphony recording live_set single soundtrack"),
        "heard",
        words("voice drumming melody production guitar_work choir rhythm chorus mix"),
        words("joyful haunting soulful powerful radiant"),
        words("dull shrill lazy monotonous harsh"),
    ),
    Subject(
        words("play musical opera puppet_show recital ballet revue"),
        "saw",
        words("staging lighting choreography lead_actor singing costume_design orchestra timing finale"),
        words("dazzling heartfelt brilliant graceful spirited"),
        words("stiff amateurish sleepy laboured dated"),
    ),
    Subject(
        words("game board_game puzzle_game racing_game strategy_game card_game quiz"),
        "played",
        words("artwork rulebook tutorial map campaign soundtrack level_design interface puzzle"),
        words("addictive polished exciting original inventive"),
        words("repetitive buggy unfair clunky boring"),
    ),
)
# Said of the whole, whatever it is.
GOOD = words("wonderful superb excellent delightful lovely terrific marvellous")
BAD = words("awful terrible dreadful disappointing poor dismal horrible")
PRAISE = words("triumph delight masterpiece treat gem joy marvel pleasure")
BLAME = words("disaster bore mess failure letdown chore flop nuisance")

PEOPLE = words(
    "the_critics my_friends my_colleagues our_neighbours two_reviewers the_students my_parents our_guests my_sisters "
    "the_magazines my_cousins the_bloggers some_strangers the_experts my_teachers the_newspapers their_fans his_pupils"
)
TIMES = words(
    "last_week on_Sunday this_spring with_my_family on_a_rainy_evening twice_this_year at_a_friend's_request "
    "after_work during_the_holidays in_November before_Christmas without_my_glasses one_summer_afternoon "
    "with_an_old_friend on_my_birthday in_a_hurry"
)
REMARKS = (
    "which I {met} {time}",
    "recommended by {people}",
    "the one everyone talks about",
    "for all its {part}",
    "with its {part} and its {part2}",
    "whatever the price",
    "the second of its kind",
    "older than I am",
    "well known in our town",
    "just like the one before it",
    "mentioned by {people} {time}",
    "found by pure chance",
    "a present from {people}",
    "now in its third year",
)
