"""`python -m druginfo`."""

from druginfo.cli import main

main()
