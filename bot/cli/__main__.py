"""`python -m bot.cli`: the same as the installed command."""

from bot.cli import main

main()
