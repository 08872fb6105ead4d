"""Look inside for data whose steps are moments along a line: series, sounds."""
