"""Memory race: the same models trained on one planted task at several distances."""
