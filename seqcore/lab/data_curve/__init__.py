"""How much data: the models of an experiment learn from parts of its training rows, and what that says of more."""
