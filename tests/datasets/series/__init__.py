"""Files of series, written by the tests themselves."""
