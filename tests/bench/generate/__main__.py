"""Write a generated claim graph: ``python -m bench.generate --articles 1000 --out DIR``."""

from pathlib import Path

import click

from bench.generate import Plan, write_folder, write_nquads

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--articles", default=1000, show_default=True, type=click.IntRange(min=1))
@click.option("--claims", default=40, show_default=True, type=click.IntRange(min=12))
@click.option("--cycles", default=0, show_default=True, type=click.IntRange(min=0))
@click.option("--seed", default=1865, show_default=True)
@click.option("--out", required=True, type=FOLDER, help="The data folder to write.")
@click.option("--texts", type=FOLDER, help="Where to write the words that were hashed.")
@click.option("--nquads", type=click.Path(path_type=Path), help="Where to write the quads.")
def main(  # noqa: PLR0917 - one for each option
    articles: int,
    claims: int,
    cycles: int,
    seed: int,
    out: Path,
    texts: Path | None,
    nquads: Path | None,
) -> None:
    """Write a claim graph of invented articles; the same options give the same bytes."""
    folder = write_folder(Plan(articles, claims, cycles, seed), out, texts)
    click.echo(f"{articles} articles are in {out}.")
    if nquads:
        click.echo(f"{write_nquads(folder, nquads)} quads are in {nquads}.")


if __name__ == "__main__":
    main()
