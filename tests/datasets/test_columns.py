from __future__ import annotations

import random

import pytest

from seqcore.datasets import Columns, guess_columns, guess_text_column
from seqcore.errors import DataError
from tests.datasets.conftest import Read

_WORDS = ["the", "plot", "of", "this", "film", "was", "rather", "slow", "but", "its", "cast", "shone", "through"]


def _file(header: str, *kinds: str, rows: int = 60) -> str:
    """A TSV file whose columns hold what their kinds say."""
    rng = random.Random(3)
    chosen = rng.choice
    make = {
        "text": lambda row: " ".join(rng.choices(_WORDS, k=rng.randint(6, 20))),
        "title": lambda row: " ".join(rng.choices(_WORDS, k=3)) + f" {row}",
        "class": lambda row: chosen(["good", "bad", "so so"]),
        "class20": lambda row: f"intent number {row % 20}",
        "number": lambda row: str(rng.randint(0, 1)),
        "stars": lambda row: f"{rng.randint(1, 5)}.0",
        "bool": lambda row: chosen(["true", "false"]),
        "yes": lambda row: chosen(["Y", "N"]),
        "id": lambda row: str(row),
        "shuffled": lambda row: str((row * 7919) % 100_003 + 100),
        "uuid": lambda row: f"{rng.getrandbits(64):016x}",
        "user": lambda row: f"A{rng.getrandbits(24):06X}X",
        "initials": lambda row: chosen(["AB", "KM", "JS"]),
        "person": lambda row: chosen(["Ann", "Bob", "Cyd", "Dan"]),
        "split": lambda row: ("train", "test", "dev")[row % 3],
        "site": lambda row: chosen(["a.example", "b.example"]),
        "url": lambda row: f"https://example.org/reviews/2023/05/a-very-long-address-indeed-{row}.html?utm_source=x",
        "date": lambda row: f"2023-{row % 12 + 1:02}-{row % 28 + 1:02}",
        "day": lambda row: f"{row % 12 + 1:02} {row % 28 + 1}, 2018",
        "moment": lambda row: f"Mon Apr {row % 28 + 1:02} 22:19:45 PDT 2009",
        "unix": lambda row: str(1_514_764_800 + row // 2),
        "count": lambda row: str(int(rng.expovariate(0.05))),
        "few": lambda row: str(rng.randint(0, 3)),
        "share": lambda row: f"{rng.random():.3f}",
        "json": lambda row: f'{{"Size:": " Large {row}"}}',
        "constant": lambda row: "en",
        "city": lambda row: chosen(["New York", "San Francisco", "Los Angeles", "Boston"]),
        "chinese": lambda row: "".join(rng.choices("这部电影非常好看但是剧情有点慢", k=rng.randint(8, 20))),
        "好": lambda row: chosen(["好评", "差评"]),
        "empty": lambda row: "",
    }
    lines = ["\t".join(make[kind](row) for kind in kinds) for row in range(rows)]
    return "\n".join([header.replace(",", "\t"), *lines])


@pytest.mark.parametrize(
    ("header", "kinds", "expected"),
    [
        # one text, one label
        ("text,label", "text class", Columns("text", "label")),
        ("label,text", "number text", Columns("text", "label")),
        ("v1,v2", "class text", Columns("v2", "v1")),
        ("Sentence,Polarity", "text number", Columns("Sentence", "Polarity")),
        ("utterance,intent", "title class20", Columns("utterance", "intent")),
        ("Class Index,Title,Description", "number title text", Columns("Description", "Class Index")),
        ("headline,is_sarcastic", "title number", Columns("headline", "is_sarcastic")),
        ("a,b", "class text", Columns("b", "a")),
        ("a,b,c", "id text number", Columns("b", "c")),
        ("Kommentar,Urteil,Notiz", "text class empty", Columns("Kommentar", "Urteil")),
        ("id,texte,étiquette", "id text class", Columns("texte", "étiquette")),
        ("编号,内容,标签", "id chinese 好", Columns("内容", "标签")),
        ("a,b,c", "id chinese 好", Columns("b", "c")),
        ("номер,отзыв,оценка", "id text few", Columns("отзыв", "оценка")),
        # a split
        ("review,sentiment,split", "text class split", Columns("review", "sentiment", "split")),
        ("message,subset,target", "text split number", Columns("message", "target", "subset")),
        # ids, dates, addresses, people
        ("text,label,site", "text class site", Columns("text", "label")),
        ("id,Title,Review Text,Rating", "id title text number", Columns("Review Text", "Rating")),
        ("tweet_id,airline_sentiment,tweet", "id class text", Columns("tweet", "airline_sentiment")),
        ("target,ids,date,flag,user,text", "number id moment constant person text", Columns("text", "target")),
        ("PhraseId,SentenceId,Phrase,Sentiment", "id unix title few", Columns("Phrase", "Sentiment")),
        ("Id,ProductId,UserId,ProfileName,HelpfulnessNumerator,Score,Time,Summary,Text",
         "id user user person few few unix title text", Columns("Text", "Score")),
        ("review_id,user_id,business_id,stars,useful,funny,cool,text,date",
         "uuid uuid uuid stars few few few text date", Columns("text", "stars")),
        ("app_id,app_name,review_text,review_score,review_votes",
         "id person text number number", Columns("review_text", "review_score")),
        ("qid,question_text,target", "uuid text number", Columns("question_text", "target")),
        ("article_link,headline,is_sarcastic", "url title number", Columns("headline", "is_sarcastic")),
        ("overall,verified,reviewTime,reviewerID,asin,style,reviewerName,reviewText,summary,unixReviewTime",
         "stars bool day user constant json person text title unix", Columns("reviewText", "overall")),
        ("verified,text,stars", "bool text few", Columns("text", "stars")),
        ("is_verified,comment,grade", "yes text class", Columns("comment", "grade")),
        ("url,text,label", "url title class", Columns("text", "label")),
        ("link,x,y2", "url title class", Columns("x", "y2")),
        ("No,Comment,Category", "id text class", Columns("Comment", "Category")),
        ("No,Comment,Coder,Category", "id text initials class", Columns("Comment", "Category")),
        ("Comment,Category,Coder", "text class initials", Columns("Comment", "Category")),
        ("Nr,Antwort,Kürzel,Gruppe", "id text initials class", Columns("Antwort", "Gruppe")),
        ("a,b,c", "initials text class", Columns("b", "c")),
        ("annotator,sentence,annotation", "person title class", Columns("sentence", "annotation")),
        ("text,id,sentiment,annotator,annotation_id,created_at,lead_time",
         "text id class constant id date share", Columns("text", "sentiment")),
        ("author,date,text,category", "person date text class", Columns("text", "category")),
        ("username,message,mood", "person title class", Columns("message", "mood")),
        ("email,feedback,department", "user text class", Columns("feedback", "department")),
        # counts and measurements
        ("text,likes,sentiment", "text count class", Columns("text", "sentiment")),
        ("count,hate_speech,offensive_language,neither,class,tweet",
         "few few few few few text", Columns("tweet", "class")),
        ("tweet,retweets,airline,airline_sentiment,airline_sentiment_confidence",
         "text few person class share", Columns("tweet", "airline_sentiment")),
        ("x,words,group", "text count class", Columns("x", "group")),
        ("word_count,abc,xyz", "few text class", Columns("abc", "xyz")),
        ("num_comments,body,subreddit", "few text class", Columns("body", "subreddit")),
        ("a,b,c", "share text class", Columns("b", "c")),
        ("a,b,c", "count text class", Columns("b", "c")),
        ("a,b,c", "bool text class", Columns("b", "c")),
        ("a,b,c", "date text class", Columns("b", "c")),
        ("a,b,c,d", "uuid url text class", Columns("c", "d")),
        ("rating_date,user_rating,reviewBody", "date few text", Columns("reviewBody", "user_rating")),
        ("label_confidence,label,content", "share class text", Columns("content", "label")),
        ("lang,text,topic", "constant text class", Columns("text", "topic")),
        ("city,text,label", "city text class", Columns("text", "label")),
        # classes twice, several texts
        ("text,label,fine_label", "text class class", Columns("text", "label")),
        ("text,label,label_text", "text number class", Columns("text", "label")),
        ("id,comment_text,toxic,severe_toxic,insult", "id text number number number", Columns("comment_text", "toxic")),
        ("title,text,subject,date,label", "title text class date number", Columns("text", "label")),
        ("category,headline,authors,link,short_description,date",
         "class title person url text date", Columns("short_description", "category")),
        ("title,plot,genre", "title text class", Columns("plot", "genre")),
        ("gold_label,sentence1_parse,sentence1,sentence2,captionID",
         "class text title title user", Columns("sentence1", "gold_label")),
        ("id,qid1,question1,question2,is_duplicate",
         "id shuffled title title number", Columns("question1", "is_duplicate")),
        ("job_id,title,department,description,employment_type,has_company_logo,fraudulent",
         "id title city text class number number", Columns("description", "fraudulent")),
        ("ID,Resume_str,Resume_html,Category", "id text text class", Columns("Resume_str", "Category")),
        ("Clothing ID,Age,Title,Review Text,Rating,Recommended IND,Positive Feedback Count,Class Name",
         "id unix title text few number count city", Columns("Review Text", "Rating")),
        ("Product,Sub-product,Consumer complaint narrative,State",
         "class class text person", Columns("Consumer complaint narrative", "Product")),
        ("customer_id,product_title,star_rating,helpful_votes,verified_purchase,review_headline,review_body",
         "shuffled title few few yes title text", Columns("review_body", "star_rating")),
        ("id,tweet,subtask_a,subtask_b", "id text class class", Columns("tweet", "subtask_a")),
        ("Bewertung,Sterne", "text few", Columns("Bewertung", "Sterne")),
        ("评论内容,情感标签,用户", "chinese 好 user", Columns("评论内容", "情感标签")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_columns_are_guessed(read: Read, header: str, kinds: str, expected: Columns) -> None:
    assert guess_columns(read(_file(header, *kinds.split()), "a.tsv")) == expected


@pytest.mark.parametrize(
    ("header", "kinds", "expected"),
    [
        ("id,text,url", "id title url", "text"),
        ("url,id,content", "url id title", "content"),
        ("link,abc", "url title", "abc"),
        ("id,x", "id title", "x"),
        ("uuid,date,note,place", "uuid date text city", "note"),
        ("text,label", "title class", "text"),
        ("text", "title", "text"),
        ("id,内容", "uuid chinese", "内容"),
        ("json,comment", "json title", "comment"),
    ],
)
def test_the_texts_to_predict_are_guessed(read: Read, header: str, kinds: str, expected: str) -> None:
    name, reason = guess_text_column(read(_file(header, *kinds.split(), rows=5), "a.tsv"))
    assert name == expected
    assert f"“{expected}”" in reason


def test_every_guess_says_why_and_what_else_it_could_be(read: Read) -> None:
    found = guess_columns(
        read(_file("id,title,description,label,fine_label", *["id", "title", "text", "class", "class"]), "a.tsv")
    )
    assert found.reasons == (
        "“description” was taken as the text: its name says so; “title” can be joined to it",
        "“label” was taken as the label: its name says so; 3 different values in 60 rows; "
        "“fine_label” could be it as well",
    )
    found = guess_columns(read(_file("a,b,c,d", *["text", "class", "class", "number"]), "a.tsv"))
    assert "few values that repeat, 3 different values in 60 rows; “c” and “d” could be it as well" in found.reasons[1]
    found = guess_columns(read(_file("text,airline,sentiment", *["text", "person", "class"]), "a.tsv"))
    assert "could be" not in found.reasons[1]


def test_what_a_person_named_is_not_guessed(read: Read) -> None:
    table = read(_file("title,text,mood,label", *["title", "text", "class", "number"]), "a.tsv")
    found = guess_columns(table, text=("title", "text"), label="mood")
    assert (found, found.reasons) == (Columns(("title", "text"), "mood"), ())
    assert guess_columns(table, label="mood") == Columns("text", "mood")
    assert guess_columns(table, text="title") == Columns("title", "label")


def test_columns_without_header_are_guessed_from_what_stands_in_them(read: Read) -> None:
    table = read("I loved it,positive\nI hated it,negative\nWhat a joy,positive\n")
    assert guess_columns(table) == Columns("column 1", "column 2")


@pytest.mark.parametrize(
    "content", ["text\nonly one column here\nand no label\n", "text,label\nsome words,\nmore words,\n"]
)
def test_a_table_without_a_second_column_is_refused(read: Read, content: str) -> None:
    with pytest.raises(DataError, match="text column and a label column are needed"):
        guess_columns(read(content))


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_labels_that_take_turns_are_seen_in_a_long_file(read: Read, classes: int) -> None:
    lines = [f"some words of number {n},{'abcd'[n % classes]}" for n in range(6000)]
    columns = guess_columns(read("\n".join(["what,kind", *lines])))
    assert columns.text == "what"
    assert any(f"{classes} different values in 1,000 rows looked at" in reason for reason in columns.reasons)


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("text,score", "so it is {n},0.{n:03d}", "“score” with numbers"),
        ("id,title,context,question,answer_text", "q{n},T,It was so {n},Was it {n}?,so", "questions that a passage"),
        ("text,label", 'so it is {n},"[{{""a"": {n}}}]"', "“label” with lists or objects"),
    ],
)
def test_measures_answers_and_objects_are_no_labels(read: Read, header: str, row: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        guess_columns(read("\n".join([header, *(row.format(n=n) for n in range(1, 31))])))


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (["2401,Game,Positive,it is, so good", "2402,Shop,Negative,it was so bad"], "column 3"),
        (["gj04,1,It is so very good", "bc01,0,it was not so bad"], "column 2"),
    ],
)
def test_usual_classes_rather_than_marks_of_sources_are_labels(read: Read, lines: list[str], label: str) -> None:
    rows = [line for n in range(6) for line in lines]
    assert guess_columns(read("\n".join(rows).replace(", so", " so"))).label == label
