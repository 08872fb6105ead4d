"""The tab Inside the cell: gates and states, step by step, and what drives a unit."""
