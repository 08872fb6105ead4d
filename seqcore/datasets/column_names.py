"""The names that people give to their columns, and what each of them says."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import cache

# Most telling first; compared in lower case, without marks between the words.
TEXT_NAMES = (
    "text", "review", "reviewtext", "reviewbody", "message", "sentence", "content", "comment", "comments", "body",
    "tweet", "utterance", "document", "sms", "post", "question", "abstract", "description", "article", "narrative",
    "query", "input", "phrase", "statement", "transcript", "news", "feedback", "complaint", "plot", "synopsis",
    "lyrics", "answer", "response", "passage", "paragraph", "email", "v2",
    "kommentar", "nachricht", "satz", "bewertungstext", "rezension", "texte", "commentaire", "avis", "texto",
    "comentario", "reseña", "mensaje", "mensagem", "testo", "commento", "recensione", "tekst", "opinia", "komentarz",
    "recenzja", "metin", "yorum", "текст", "отзыв", "комментарий", "сообщение", "文本", "内容", "评论", "正文",
    "句子", "テキスト", "本文", "レビュー", "コメント", "文章", "텍스트", "문장", "리뷰", "내용", "نص",
)  # fmt: skip
SHORT_TEXT_NAMES = ("headline", "title", "summary", "heading", "subject", "titel", "titre", "titulo", "titolo", "标题")
LABEL_NAMES = (
    "label", "labels", "class", "category", "sentiment", "target", "intent", "topic", "emotion", "polarity", "tag",
    "rating", "stars", "overall", "classification", "classlabel", "goldlabel", "gold", "annotation", "classindex",
    "classid", "labelid", "labelname", "categoryid", "categoryname", "targetname", "topicname",
    "kategorie", "klasse", "bewertung", "stimmung", "urteil", "étiquette", "catégorie", "classe", "étiqueta",
    "etiqueta", "categoría", "categoria", "clase", "etichetta", "etykieta", "kategoria", "klasa", "ocena", "etiket",
    "kategori", "duygu", "метка", "категория", "класс", "оценка", "тональность", "标签", "类别", "分类", "情感",
    "ラベル", "カテゴリ", "カテゴリー", "感情", "라벨", "레이블", "카테고리", "감정",
)  # fmt: skip
OTHER_LABEL_NAMES = (
    "type", "score", "output", "y", "v1", "fraudulent", "fraud", "fake", "clickbait", "humor", "offensive", "spam",
    "isspam", "toxic", "toxicity", "hate", "sarcasm", "sarcastic", "duplicate", "language", "genre", "subject",
    "product", "department", "issue", "priority", "severity", "mood", "stance", "aspect", "act", "star", "grade",
    "result", "verdict", "decision", "code", )  # fmt: skip
SPLIT_NAMES = {
    "train": "train", "training": "train", "test": "test", "testing": "test",
    "validation": "validation", "valid": "validation", "val": "validation", "dev": "validation",
    "development": "validation", "eval": "validation",
}  # fmt: skip
NEITHER_NAMES = frozenset({
    "id", "ids", "index", "idx", "no", "nr", "num", "number", "row", "key", "uuid", "guid", "asin", "sku", "isbn",
    "hash", "date", "time", "datetime", "timestamp", "created", "updated", "year", "month", "day", "hour", "datum",
    "fecha", "user", "username", "author", "name", "annotator", "annotators", "annotated", "coder", "coded", "rater",
    "worker", "labeler", "labeller", "labelled", "labeled", "reviewer", "initials", "checked", "checker", "kodierer",
    "kürzel", "profile", "account", "sender", "recipient", "url", "link", "href", "uri", "website", "image", "img",
    "photo", "path", "file", "filename", "source", "site", "domain", "split", "fold", "subset", "partition", "count",
    "counts", "length", "len", "votes", "vote", "upvotes", "downvotes", "likes", "shares", "retweets", "favorites",
    "helpful", "helpfulness", "useful", "funny", "cool", "price", "age", "verified", "deleted", "edited", "flag",
    "truncated", "lang", "country", "city", "state", "zip", "zipcode", "lat", "lon", "location", "tz", "confidence",
    "agreement", "probability", "weight", "lead", "version", "unnamed", "html", "parse", "subreddit", "gender",
    "sex", "phone", "ip", "номер", "дата", "автор", "编号", "序号", "日期", "番号", "日付", "번호", "날짜",
})  # fmt: skip
_IN_HEADERS = ("id", "index", "split", "date", "user", "name", "source", "site", "author", "url", "unnamed0")


class Says(Enum):
    """What the name of a column says about it, for one use of it."""

    EXACTLY = "exactly"
    IN_PART = "in part"  # one of its words
    WEAKLY = "weakly"  # a name that fits, but others fit better
    HINTS = "hints"  # one of its words does
    NOTHING = "nothing"
    SOMETHING_ELSE = "something else"


def plain_name(name: str) -> str:
    """The name in lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name).lower())


def is_known_name(cell: str) -> bool:
    """Whether a cell is a usual column name."""
    plain = plain_name(cell)
    return len(cell) <= 40 and plain in _KNOWN


def says_text(name: str) -> Says:
    """What a name says about holding the texts."""
    return _says(name, TEXT_NAMES, SHORT_TEXT_NAMES, (*LABEL_NAMES, *OTHER_LABEL_NAMES))


def says_label(name: str) -> Says:
    """What a name says about holding the labels."""
    return _says(name, LABEL_NAMES, OTHER_LABEL_NAMES, TEXT_NAMES)


def name_rank(name: str, names: tuple[str, ...]) -> float:
    """From 1 for the most telling of the names down to 0 for the last one and for what has none of them in it."""
    fitting = [names.index(word) for word in (plain_name(name), *_words(name)) if word in names]
    return 1.0 - min(fitting) / len(names) if fitting else 0.0


@cache
def _says(name: str, best: tuple[str, ...], usable: tuple[str, ...], others: tuple[str, ...]) -> Says:
    plain, words = plain_name(name), _words(name)
    if plain in best:
        return Says.EXACTLY
    if plain in usable:
        return Says.WEAKLY
    if plain in NEITHER_NAMES or plain in others or (words[-1:] and words[-1] in NEITHER_NAMES):
        return Says.SOMETHING_ELSE  # the last word is the thing: "user_rating" is a rating, "rating_date" a date
    if any(word in best for word in words):
        return Says.IN_PART
    if any(word in usable for word in words):
        return Says.HINTS
    return Says.SOMETHING_ELSE if any(word in NEITHER_NAMES for word in words) else Says.NOTHING


def _words(name: str) -> tuple[str, ...]:
    """The words of "airline_sentiment", "reviewText" and "Review.Text (English)", in lower case."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFC", name)[:200])
    return tuple(word for word in re.split(r"[\W_\d]+", apart.lower()) if word)


_KNOWN = frozenset((*TEXT_NAMES, "headline", "title", "summary", *LABEL_NAMES, *_IN_HEADERS)) | {
    "type", "score", "output", "y", "v1", "isspam", "spam", "toxic", "language", "genre", "subject",
}  # fmt: skip
