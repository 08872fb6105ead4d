"""Tiny encoders with weights drawn at random, as their publishers would ship them."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from functools import cache
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from seqcore.kinds.text.pretrained import PretrainedEncoder, read_folder

TINY = Path(__file__).parent / "kinds" / "text" / "pretrained" / "tiny"  # written once, see the README there
MOST = 10 * 1024**2
_WORDS = """a and the is it this not film good bad warm cold lovely poor fine number very great awful dull
##s ##ly ##ing ##er plot play one two three in of . , !"""
PIECES = _WORDS.split()
_SPECIAL = {
    "bert": ("[PAD]", "[ODD]", "[CLS]", "[SEP]", "[UNK]"),
    "roberta": ("<odd>", "<pad>", "<s>", "</s>", "<unk>"),
}


def tokenizer_json(family: str = "bert") -> bytes:
    """A WordPiece tokenizer of 40 pieces; padding is 0 in BERT and 1 in RoBERTa, and 4 stands for the unknown."""
    special = _SPECIAL["roberta" if family == "roberta" else "bert"]
    vocabulary = {piece: number for number, piece in enumerate([*special, *PIECES])}
    vocabulary |= {f"[unused{number}]": number for number in range(len(vocabulary), 40)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=special[4]))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{special[2]} $A {special[3]}", pair=f"{special[2]} $A {special[3]} $B {special[3]}",
        special_tokens=[(special[2], 2), (special[3], 3)],
    )  # fmt: skip
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens(list(special))
    tokenizer.enable_padding(pad_id=0, pad_token=special[0], length=12)
    tokenizer.enable_truncation(8)
    return tokenizer.to_str().encode()


def put_folder(folder: Path, family: str = "bert") -> Path:
    """The files of an encoder in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "model.safetensors"):
        shutil.copy(TINY / family / name, folder / name)
    (folder / "tokenizer.json").write_bytes(tokenizer_json(family))
    return folder


def zipped(folder: Path, within: str = "") -> bytes:
    """A zip of a folder's files."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(f"{within}{path.name}", path.read_bytes())
    return sink.getvalue()


def changed_config(folder: Path, **values: object) -> None:
    """Say something else in a folder's `config.json`."""
    said = json.loads((folder / "config.json").read_bytes())
    (folder / "config.json").write_text(json.dumps(said | values))


@cache
def tiny_encoder(folder: Path) -> PretrainedEncoder:
    """The encoder of a folder that `put_folder` made."""
    return read_folder(folder, folder.name, MOST)
