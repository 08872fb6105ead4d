"""The tab Memory: how far back words still count, and how that grew."""
