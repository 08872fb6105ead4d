"""Training: the loop, and what watches it. Another observer is another file here and a line in `worker/train.py`."""
