"""The tab Over the test set: the words that draw most, and the rows where models or maps are furthest apart."""
