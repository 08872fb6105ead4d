"""Sound files: decoded, brought to one channel and one rate, and labelled by their folders."""
