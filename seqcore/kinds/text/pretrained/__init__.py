"""Pretrained encoders of the BERT family: read from files, kept, and handed to models."""

from seqcore.kinds.text.pretrained.config import EncoderConfig
from seqcore.kinds.text.pretrained.pretrained_encoder import PretrainedEncoder
from seqcore.kinds.text.pretrained.reading import read_folder, read_zip

__all__ = ["EncoderConfig", "PretrainedEncoder", "read_folder", "read_zip"]
