"""One zip an experiment: a page to read and print, a table for a paper, everything to train the models again."""
