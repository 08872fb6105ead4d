"""Search for better settings: trials that are judged on the validation texts, the best against what one began with."""
