"""`python -m caselore` is the `caselore` command."""

from caselore.cli.main import run

if __name__ == "__main__":
    run(prog_name="caselore")
