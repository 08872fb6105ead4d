"""The two ids that stand for no word."""

PADDING_ID = 0  # where a text has ended already
OOV_ID = 1  # out of the vocabulary
