"""`python -m ssner`."""

from .cli import main

main(prog_name="ssner")
