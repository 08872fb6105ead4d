"""The two ids that stand for no word."""

PADDING_ID = 0  # where a text has ended already
OOV_ID = 1  # out of the vocabulary
LONGEST_VECTOR = 2048  # numbers of a pretrained word vector; the longest that people use have 1,024
SENTENCE_ENDS = frozenset(".!?…‼⁇⁈⁉。．！？｡؟۔।॥။።፧՞։")  # marks that end a sentence, each of them a token
