"""The ledger as one object: what the command line, the pages and other programs ask."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from sayso.ledger import (
    adding,
    articles,
    conflicts,
    evidence,
    figures,
    orders,
    origins,
    records,
    registry,
    reviews,
    treaties,
)
from sayso.ledger import timeline as events
from sayso.ledger import who as actors
from sayso.ledger.adding import Added, Progress
from sayso.ledger.matching import Query
from sayso.ledger.reviews import Action, Review
from sayso.ledger.store import DEFAULT, open_store
from sayso.pages import Capture
from sayso.records import Reading

if TYPE_CHECKING:
    from sayso.api import ReadOptions
    from sayso.ledger import judging, meaning, search


class Ledger:
    """Many articles, one account of who said what.

        with sayso.Ledger("sayso.db") as ledger:
            ledger.add(["articles/"])
            for series in ledger.figures("soldiers killed"):
                ...

    The answers are iterators of plain dictionaries in the shapes that ``--json`` prints.

    Args:
        path: a file, or a ``postgresql://`` address.
        create: make the file where there is none.
        readonly: write nothing, whatever is asked.

    Raises:
        LedgerError: there is no such ledger, it is of a newer version, or it cannot be read.
    """

    def __init__(
        self, path: str | Path = DEFAULT, *, create: bool = True, readonly: bool = False
    ) -> None:
        self.store = open_store(str(path), create=create, readonly=readonly)
        if not self.store.readonly:
            articles.catch_up(self.store)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger."""
        self.store.close()

    def add(
        self,
        inputs: Iterable[str | Path],
        *,
        processes: int | None = None,
        progress: Progress | None = None,
        **options: Unpack["ReadOptions"],
    ) -> Added:
        """Read inputs into the ledger; what is stored already is not read again.

        Args:
            inputs: as for ``sayso.read_many``.
            processes: that read at once; by default one a core, for more than a few articles.
            progress: called after each article.
            **options: see ``ReadOptions``.

        Raises:
            LedgerError: the ledger cannot be written.
            LexiconError: the actors file is malformed.
            OptionError: an option has a value that it cannot have.
        """
        page, actors = adding.options_of(options)
        return adding.add_inputs(
            self.store, inputs, page, actors=actors, processes=processes, progress=progress
        )

    def add_reading(
        self,
        reading: Reading,
        capture: Capture | None = None,
        *,
        actors: str | Path | None = None,
    ) -> articles.Outcome:
        """Store a reading that was made before, and the file of actors that it was read with.

        See ``articles.add``.
        """
        return articles.add(self.store, reading, capture, adding.actors_bytes(actors))

    def add_readings(self, readings: Iterable[Reading]) -> list[articles.Outcome]:
        """Store many readings in one transaction: all of them, or, on an error, none."""
        return articles.add_all(self.store, readings)

    def reread(
        self,
        *,
        actors: str | Path | None = None,
        processes: int | None = None,
        progress: Progress | None = None,
    ) -> Added:
        """Read again what another version of the program or its models read; reviews are kept.

        Each article is read with the file of actors that it was read with before, or with
        ``actors``, and remembers it.
        """
        return adding.reread(self.store, actors=actors, processes=processes, progress=progress)

    def verify(self) -> list[str]:
        """What is wrong in the ledger: bytes and texts against their hashes, the log's chain."""
        from sayso.ledger.sqlite import SqliteStore

        found = self.store.integrity() if isinstance(self.store, SqliteStore) else []
        return [*found, *evidence.faults(self.store), *reviews.faults(self.store)]

    def articles(
        self,
        query: str | None = None,
        *,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[dict[str, Any]]:
        """The articles, newest first.

        Args:
            query: words of the headline.
            outlet: (part of) the publisher's name.
            since: the first day, month or year.
            until: the last one.
            limit: at most so many.
            offset: how many are left out before them.
        """
        return articles.listed(
            self.store,
            query,
            outlet=outlet,
            since=since,
            until=until,
            limit=limit,
            offset=offset,
        )

    def actors(
        self,
        query: str | None = None,
        *,
        kind: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[dict[str, Any]]:
        """The actors of the ledger, those that most articles name first; see ``registry``.

        Args:
            query: a name, an alias or a family name, or words of a name.
            kind: ``person``, ``government``, ``country``, …
            limit: at most so many.
            offset: how many are left out before them.
        """
        return registry.listed(self.store, query, kind=kind, limit=limit, offset=offset)

    def series(self, name: str, *, ranged: bool = False) -> dict[str, Any]:
        """One series of figures by its id ("killed|soldiers|people|XVM"), as ``figures`` gives it.

        Raises:
            MissingError: the ledger has no such series.
        """
        return figures.one(self.store, name, ranged=ranged)

    def series_list(
        self, query: str | None = None, *, limit: int = 50, offset: int = 0
    ) -> Iterator[dict[str, Any]]:
        """Series as a list names them, with their last figures; see ``figures.listed``."""
        return figures.listed(self.store, query, limit=limit, offset=offset)

    def whole_series(self, name: str) -> dict[str, Any]:
        """One series with its points and the range that each party gives.

        Raises:
            MissingError: the ledger has no such series.
        """
        return figures.both(self.store, name)

    def figures(
        self,
        query: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
        ranged: bool = False,
    ) -> Iterator[dict[str, Any]]:
        """Series of figures that count the same thing, by source over time.

        Args:
            query: words of what is counted, of whose it is, of what happened or of a place; by
                default the series with the most figures come first.
            limit: at most so many series.
            offset: how many are left out before them.
            ranged: each party's lowest and highest number in the place of the points.
        """
        return figures.answer(self.store, query, limit=limit, offset=offset, ranged=ranged)

    def conflicts(
        self,
        query: str | None = None,
        *,
        kinds: Collection[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[dict[str, Any]]:
        """Contradictions, denials, reversals, lost hedges and updates, surest and gravest first.

        Args:
            query: words of what is counted, of the statements or of their sources.
            kinds: any of ``contradiction``, ``denial``, ``reversal``, ``hedge_lost``, ``update``.
            limit: at most so many.
            offset: how many are left out before them.
        """
        return conflicts.answer(self.store, query, kinds=kinds, limit=limit, offset=offset)

    def show(self, name: str) -> dict[str, Any]:
        """One article or record, whole; see ``records.shown``."""
        return records.shown(self.store, name)

    def actor(self, name: str, *, most: int | None = None) -> dict[str, Any]:
        """One actor ("entity-12") as ``show`` gives it, with so many of its articles at most.

        Raises:
            MissingError: the ledger has no such actor.
        """
        return records.actor(self.store, name, most)

    def place(self, name: str) -> "records.Place":
        """Where the ledger has what is named so: in an article, or among the actors.

        Raises:
            MissingError: the ledger has no such thing.
        """
        return records.place(self.store, name)

    def article(self, name: str) -> "records.Shown":
        """One article as ``show`` gives it, its reading as a ``Reading``.

        Raises:
            MissingError: the ledger has no such article.
        """
        return records.article(self.store, name)

    def counts(self) -> dict[str, int]:
        """How many articles, statements, figures, events and actors the ledger has."""
        return records.counts(self.store)

    def who(self, name: str, *, limit: int = 100, offset: int = 0) -> Iterator[dict[str, Any]]:
        """All that one actor said and all that was said of it, by date; see ``who.who``."""
        return actors.who(self.store, name, limit=limit, offset=offset)

    def origins(
        self, query: str | None = None, *, limit: int = 50, offset: int = 0
    ) -> Iterator[dict[str, Any]]:
        """Claims that several articles carry, with their independent origins; see ``origins``."""
        return origins.origins(self.store, query or "", limit=limit, offset=offset)

    def agreements(
        self, query: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Iterator[dict[str, Any]]:
        """The treaty file: milestones, obligations, and who called on which when."""
        found = treaties.agreements(self.store, Query(query))
        return islice(found, offset, None if limit is None else offset + limit)

    def timeline(
        self,
        query: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        limit: int = 500,
        offset: int = 0,
    ) -> Iterator[dict[str, Any]]:
        """Events by date, folded where several articles tell them; see ``timeline.timeline``."""
        return events.timeline(
            self.store, Query(query), since=since, until=until, limit=limit, offset=offset
        )

    def reading(self, name: str) -> Reading:
        """The reading of an article (by id, address or input), with reviewers' corrections.

        Raises:
            LedgerError: the ledger has no such article.
        """
        return articles.corrected(self.store, records.article_row(self.store, name))

    def review(
        self,
        target: str,
        action: Action,
        *,
        who: str,
        field: str | None = None,
        value: Any = None,
        note: str | None = None,
    ) -> Review:
        """Say something of a record or an article; nothing is lost, and ``undo`` takes it back.

        Args:
            target: id of a record; id, address or input of an article; for ``undo`` the number of
                a review.
            action: ``confirm``, ``reject``, ``note``, ``correct`` or ``undo``.
            who: the reviewer.
            field: of a correction, the field of the record, or ``published`` or ``publisher`` of an
                article.
            value: of a correction, the new value as JSON has it; spans as ``{start, end}``.
            note: a remark.

        Raises:
            LedgerError: there is no such target, field or value.
        """
        from sayso.ledger import reviewing

        return reviewing.review(
            self.store, target, action, who=who, field=field, value=value, note=note
        )

    def merge(self, one: str, into: str, *, who: str, note: str | None = None) -> Review:
        """Say that two actors of the ledger are one; ``undo`` takes it back.

        Args:
            one: id of an actor of the ledger ("entity-12").
            into: id of the other, whose name stands for both.
            who: the reviewer.
            note: a remark.

        Raises:
            LedgerError: there is no such actor, or they are one already.
        """
        from sayso.ledger import reviewing

        return reviewing.merge(self.store, one, into, who=who, note=note)

    def split(
        self,
        article: str,
        actor: str,
        *,
        who: str,
        into: str | None = None,
        note: str | None = None,
    ) -> Review:
        """Say that an actor of an article is not whom it was led to; ``undo`` takes it back.

        Args:
            article: id, address or input of the article.
            actor: the id that the actor has in the article's reading.
            who: the reviewer.
            into: whom it is instead ("entity-12"); by default somebody of their own.
            note: a remark.

        Raises:
            LedgerError: there is no such article or actor.
        """
        from sayso.ledger import reviewing

        return reviewing.split(self.store, article, actor, who=who, into=into, note=note)

    def search(
        self,
        query: str,
        *,
        by: "search.By | None" = None,
        limit: int = 20,
        offset: int = 0,
        actor: str | None = None,
        types: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        place: str | None = None,
        note: "search.Note | None" = None,
        progress: "meaning.Progress | None" = None,
    ) -> Iterator[dict[str, Any]]:
        """Statements by their words and their meaning, the best first.

        Args:
            query: words, "phrases", beginnings*, AND, OR, NOT, ``source:`` and ``text:``; see
                ``sayso.ledger.search_language``.
            by: ``words``, ``meaning`` or ``both``; by default both where the ledger has vectors
                and the query is words alone, else by words.
            limit: answers, 1 to 1,000.
            offset: answers to pass over.
            actor: who says it: a name, a surname, or "entity-12".
            types: of statements, any of them.
            since: a day (2024-05-03), month or year; said then or later.
            until: the same; said then or earlier.
            outlet: (part of) a publisher's name, or a host.
            place: a place or country that they speak of.
            note: told what whoever asks should know, such as that the query was taken otherwise.
            progress: of vectors that are made first.

        Yields:
            Statements as ``answers.statements`` gives them, with ``snippet`` (its ``text``, and
            ``hits``, offsets in that text), ``score`` (more is better) and ``found_by``.

        Raises:
            OptionError: the query is empty, or an option has a value that it cannot have.
            LedgerError: the ledger knows no such actor or outlet, or has no vectors.
        """
        from sayso.ledger import search

        return search.search(
            self.store,
            query,
            by=by,
            limit=limit,
            offset=offset,
            note=note,
            progress=progress,
            actor=actor,
            types=types,
            since=since,
            until=until,
            outlet=outlet,
            place=place,
        )

    def export(self, folder: str | Path, formats: Sequence[str]) -> int:
        """Write the articles, with reviewers' corrections, into a folder.

        Args:
            folder: made if missing; an earlier export is replaced, any other file is left alone.
            formats: ``csv``, ``jsonl``, ``parquet``, ``webannotation``, ``plover``,
                ``followthemoney``, ``gold``.

        Returns:
            How many articles.

        Raises:
            ExportError: the folder cannot take the files, or a format's library is missing.
        """
        from sayso import exports
        from sayso.ledger import exporting

        return exports.write(exporting.items(self.store), Path(folder), formats)

    def build_meaning(self, progress: "meaning.Progress | None" = None) -> int:
        """Make the vectors that search by meaning lacks; a run that was cut goes on.

        Returns:
            How many were made.
        """
        from sayso.ledger import search

        return search.build(self.store, progress)

    def queue(self, article: str | None = None) -> list["judging.Item"]:
        """The statements to review, doubtful first, or those of one article in its order."""
        from sayso.ledger import judging

        key = None if article is None else records.article_row(self.store, article)["article"]
        return judging.queue(self.store, key)

    def judged(self) -> list["judging.Judged"]:
        """The verdicts of reviewers that stand; see ``judging.judged``."""
        from sayso.ledger import judging

        return judging.judged(self.store)

    def progress(self) -> dict[str, int]:
        """How many statements were judged, and how; see ``judging.progress``."""
        from sayso.ledger import judging

        return judging.progress(self.store)

    def agreement(self) -> list[dict[str, Any]]:
        """How far each two reviewers agree; see ``judging.agreement``."""
        from sayso.ledger import judging

        return judging.agreement(self.store)

    def relays(self, actor: str) -> dict[str, list[dict[str, Any]]]:
        """Who passes on what an actor ("entity-12") says, and whom it passes on.

        Raises:
            MissingError: the ledger has no such actor.
        """
        from sayso.ledger import relays

        return relays.relays(self.store, records.entity_row(self.store, actor)["entity"])

    def party_name(self, key: str) -> str:
        """The name of a party: of a country by its code, of an actor by ``#`` and its number."""
        from sayso.ledger.series import owner_name

        return owner_name(self.store, key)

    def orders(self, actor: str) -> list[Review]:
        """The merges and splits that stand and that made an actor ("entity-12") what it is."""
        return orders.of(self.store, records.entity_row(self.store, actor)["entity"])

    def last_review(self, who: str) -> Review | None:
        """What a reviewer said last and has not taken back."""
        return reviews.last_of(self.store, who)

    def review_log(
        self, target: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[Review]:
        """The review log, whole or of one target, in order."""
        found = reviews.log(self.store, *(("target = ?", target) if target else ()))
        return found[offset : None if limit is None else offset + limit]
