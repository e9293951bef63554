"""`sayso schema`: the contract as JSON Schema."""

import click

from sayso.cli.output import standard_output


@click.command("schema", epilog="Example: sayso schema > contract.schema.json")
def command() -> int:
    """Print the JSON Schema of a line of output.

    Every line that `sayso read --format jsonl` writes is valid by it: a reading, or the error of
    an input that could not be read.
    """
    from importlib.resources import files

    text = files("sayso.formats").joinpath("contract.schema.json").read_text(encoding="utf-8")
    with standard_output() as output:
        output.write(text)
    return 0
