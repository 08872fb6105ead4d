"""The tab Over training: what models said of one text after each epoch that they kept."""
