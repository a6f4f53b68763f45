"""``python -m sayso.cli``: the command line where no script is installed."""

from sayso.cli import main

if __name__ == "__main__":
    main()
