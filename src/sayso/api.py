"""The Python API: inputs to readings, in order, with every failure as a value.

The command line is a thin coat over ``read_many``.
"""

import csv
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from sayso.errors import InputError, LeftOut, LexiconError, SaysoError
from sayso.records import Article, Reading

if TYPE_CHECKING:
    from sayso.pages import Options
    from sayso.reader.analysis import Analysis

As = Literal["auto", "html", "page", "body", "json"]
Only = Literal["article"]


class ReadOptions(TypedDict, total=False):
    """The options of ``read`` and ``read_many``; each may be left out.

    Attributes:
        as_: how to take the input: ``auto`` (the default) looks for itself; ``html``; ``page`` is
            text copied out of a browser; ``body`` the bare text of an article, kept character for
            character; ``json``.
        only: ``article`` leaves out all language processing; the lists of the reading stay empty.
        published: the date of publication (ISO 8601), where the input states none or a wrong one.
        publisher: the publisher's name.
        url: the article's address.
        actors: a CSV file of actors to know by name, beside those that Sayso ships.
        vague: a CSV file (``word``, ``low``, ``high``) of what vague words stand for.
        allow_private: also fetch from addresses of private networks.
    """

    as_: As
    only: Only | None
    published: str | None
    publisher: str | None
    url: str | None
    actors: str | Path | None
    vague: str | Path | None
    allow_private: bool


def read(path_or_text: str | Path, **options: Unpack[ReadOptions]) -> Reading:
    """Read one article.

    Args:
        path_or_text: a ``Path`` is a file; a string is a file where one of that name exists, an
            address where it begins with ``http://`` or ``https://``, else the text itself.
        **options: see ``ReadOptions``.

    Returns:
        The reading; all its offsets count code points in ``reading.article.text``.

    Raises:
        InputError: the input cannot be read, or holds no article or more than one.
        LexiconError: the file of actors or of vague words is malformed.
        ModelError: the language model is missing or is not the pinned one.
    """
    name = str(path_or_text)
    if isinstance(path_or_text, Path) or _is_input(path_or_text):
        found = list(read_many([path_or_text], **options))
    else:
        found = list(_readings(_texts(name, page_options(options)), options))
    found = [one for one in found if not isinstance(one, LeftOut)]
    if len(found) > 1:
        raise InputError(name, f"holds {len(found)} articles: use sayso.read_many")
    if not found:
        raise InputError(name, "holds no article")
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def read_many(
    inputs: Iterable[str | Path], **options: Unpack[ReadOptions]
) -> Iterator[Reading | InputError]:
    """Read many inputs with one loaded model, in order, a batch at a time.

    Args:
        inputs: paths of files and directories, addresses, ``-`` for standard input. An input may
            hold many articles.
        **options: see ``ReadOptions``; they hold for every article.

    Returns:
        One reading an article, in the order of the inputs, and in the place of one that cannot be
        read an ``InputError`` with the input's name and the reason. Whatever goes wrong in one
        input, the others are read. After the articles of an archive comes a ``LeftOut`` with the
        numbers of what it holds besides.

    Raises:
        LexiconError: the file of actors or of vague words is malformed.
        ModelError: the language model is missing or is not the pinned one.
    """
    return _readings(_articles(inputs, page_options(options)), options)


def readings_of(
    articles: Iterable[Article], *, actors: str | Path | None = None
) -> Iterator[Reading | InputError]:
    """The readings of articles that the page reader made, in their order.

    Args:
        articles: what ``sayso.pages`` gives.
        actors: a CSV file of actors to know by name.

    Raises:
        LexiconError: the file of actors or of vague words is malformed.
        ModelError: the language model is missing or is not the pinned one.
    """
    return _guarded(iter(articles), _reader(actors))


def page_options(options: ReadOptions) -> "Options":
    """What the page reader must know of the options.

    Raises:
        OptionError: an option has a value that it cannot have.
        TypeError: there is no such option.
    """
    from sayso.pages import Options

    if unknown := options.keys() - ReadOptions.__annotations__.keys():
        raise TypeError(f"unknown option: {', '.join(sorted(unknown))}")
    return Options(
        as_=options.get("as_", "auto"),
        published=options.get("published"),
        publisher=options.get("publisher"),
        url=options.get("url"),
        allow_private=options.get("allow_private", False),
    )


def _is_input(name: str) -> bool:
    if name.startswith(("http://", "https://")) and not any(map(str.isspace, name)):
        return True
    try:
        return bool(name) and os.path.exists(name)  # noqa: PTH110 - a long text is no valid Path
    except ValueError:
        return False


def _texts(text: str, options: "Options") -> Iterator[Article | InputError]:
    from sayso.pages import article_from_text

    try:
        yield article_from_text(text, options)
    except InputError as error:
        yield error


def _articles(inputs: Iterable[str | Path], options: "Options") -> Iterator[Article | InputError]:
    """The articles of the inputs; one input's failure never ends the others."""
    from sayso.pages import read_inputs

    for named in inputs:
        try:
            yield from read_inputs([named], options)
        except SaysoError:
            raise
        except Exception as error:
            yield _unexpected(str(named), error)


def _readings(
    found: Iterable[Article | InputError], options: ReadOptions
) -> Iterator[Reading | InputError]:
    """Readings and failures in the order in which articles and failures were found."""
    if options.get("only") == "article":
        for item in found:
            yield item if isinstance(item, InputError) else Reading(article=item)
        return
    make = _reader(options.get("actors"), options.get("vague"))
    waiting: deque[InputError | None] = deque()  # None stands for an article that is being read

    def articles() -> Iterator[Article]:
        for item in found:
            waiting.append(item if isinstance(item, InputError) else None)
            if isinstance(item, Article):
                yield item

    for reading in _guarded(articles(), make):
        while (failure := waiting.popleft()) is not None:
            yield failure
        yield reading
    yield from (failure for failure in waiting if failure is not None)


def _reader(
    actors: str | Path | None, vague: str | Path | None = None
) -> Callable[["Analysis"], Reading]:
    from sayso.reader import reading_of

    table = None
    if vague is not None:
        from sayso.reader.figures.vague import load_vague

        table = load_vague(vague)
    if actors is None:
        return partial(reading_of, vague=table)
    from sayso.reader.actors import load_registry

    try:
        registry = load_registry(actors)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise LexiconError(f"{actors}: cannot be read as CSV in UTF-8: {reason}") from error
    return partial(reading_of, registry=registry, vague=table)


def _guarded(
    articles: Iterator[Article], make: Callable[["Analysis"], Reading]
) -> Iterator[Reading | InputError]:
    """Parse in batches; where an article breaks its batch, the rest is read one by one."""
    from sayso.reader.pipeline import BATCH

    while batch := list(islice(articles, BATCH)):
        done = 0
        for result in _batch(batch, make):
            yield result
            done += 1
        for article in batch[done:]:
            yield next(_batch([article], make))


def _batch(
    articles: list[Article], make: Callable[["Analysis"], Reading]
) -> Iterator[Reading | InputError]:
    """The results of one batch, up to the article that breaks it; a batch of one always has one."""
    from sayso.reader.pipeline import analyse

    analyses = analyse(articles)
    for article in articles:
        try:
            analysis = next(analyses)
        except SaysoError:
            raise
        except Exception as error:
            if len(articles) == 1:
                yield _unexpected(article.input, error)
            return
        try:
            yield make(analysis)
        except SaysoError:
            raise
        except Exception as error:
            yield _unexpected(article.input, error)


def _unexpected(name: str, error: Exception) -> InputError:
    """A fault of Sayso's own as a failure of one input: what, and where in the code."""
    where, trace = "", error.__traceback__
    while trace:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith("sayso"):
            where = f" in {module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    said = " ".join(str(error).split())[:200]
    failure = InputError(
        name, f"a fault of sayso's own, please report it: {type(error).__name__}{where}: {said}"
    )
    failure.__cause__ = error
    return failure
