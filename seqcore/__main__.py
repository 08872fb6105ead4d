"""`python -m seqcore`: the command line."""

from seqcore.cli import main

main()
