"""The x-ray on the Data page: the word at the top, what was found, and a new version of the data."""
