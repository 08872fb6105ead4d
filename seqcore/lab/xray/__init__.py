"""The x-ray of labelled text: take it, tell it, and make a new version of the data from what it found."""
