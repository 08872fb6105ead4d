"""The tab Words and texts: vectors in a plane, and the neighbours of a word."""
