"""The command line's composition root."""

import typer

from workbench.cli import (
    demo,
    effort,
    exporting,
    forecasting,
    journal,
    models,
    pages,
    preflight,
    project,
    queue,
    reading,
    replacing,
    ruling,
    second,
    training,
)

app = typer.Typer(
    name="linewright",
    help="Turn scans into correct text, and teach the recogniser your own material. Without a network.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("new")(project.new)
app.command("open")(project.open_window)
app.command("import")(pages.import_files)
app.command("lines")(pages.lines)
app.command("pages")(pages.list_)
app.command("split")(pages.split_)
app.command("rotate")(pages.rotate)
app.command("undo")(journal.undo_)
app.command("redo")(journal.redo_)
app.command("draft")(reading.draft)
app.command("queue")(queue.queue)
app.command("accept")(queue.accept_)
app.command("handout")(second.handout)
app.command("receive")(second.receive_)
app.command("merge")(second.merge_)
app.command("preflight")(preflight.preflight_)
app.command("forecast")(forecasting.forecast_)
app.command("readiness")(training.readiness_)
app.command("train")(training.train)
app.command("evaluate")(reading.evaluate)
app.command("compare")(reading.compare)
app.add_typer(models.app, name="models")
app.command("effort")(effort.effort)
app.add_typer(ruling.app, name="rules")
app.command("replace")(replacing.replace)
app.command("export")(exporting.export)
app.command("demo")(demo.demo)


def run() -> None:
    """Parse the arguments and run a command.

    Raises:
        KnownError: For the caller to show.
        SystemExit: 2 for wrong usage.
    """
    app(standalone_mode=True)
