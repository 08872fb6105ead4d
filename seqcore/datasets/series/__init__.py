"""From any labelled file of numbers over time to series, labels and a split."""
