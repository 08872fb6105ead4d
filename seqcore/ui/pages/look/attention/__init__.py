"""The tab Attention: where models look, head by head, step by step, and what they say when they look elsewhere."""
