"""The ledger of turns: when a platform may be asked next, whatever the number of spiders."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Float,
    Table,
    bindparam,
    case,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.turns import Turn, Turns
from storage.schema import PlainText, Unit, from_row, metadata

turns = Table(
    "turns",
    metadata,
    Column("place", PlainText, primary_key=True, comment="Platform, or host of pictures"),
    Column("last_at", Float, nullable=False, comment="The latest turn given, Unix seconds"),
    Column("pace_s", Float, nullable=False, comment="Pace of who took it, seconds"),
    Column("crawl_delay_s", Float, nullable=False, comment="What robots.txt asks for; 0 if none"),
    Column("held_until", Float, nullable=False, comment="No turn before, Unix seconds"),
    Column("given", BigInteger, nullable=False, comment="Turns given so far"),
    comment="One row a platform: requests take their turns here",
)

FAR_S = 86_400.0
"""A latest turn so far ahead was written by a clock that was wrong: it does not count."""
NEVER = 1e12
"""Unix seconds of a hold that only a person lifts."""


def take_turn(
    unit: Unit,
    place: str,
    *,
    pace_s: float,
    crawl_delay_s: float | None,
    patience_s: float,
    now: float,
) -> Turn | None:
    """Give the next turn at a place, in one statement; None when it is held for longer than
    `patience_s`.

    Two turns that follow each other are apart by the longer pace of the two who take them, and
    by the Crawl-delay. `crawl_delay_s` is kept for all; None leaves what is known. On
    PostgreSQL the server's clock counts, since those of several machines differ; on SQLite `now`
    (Unix seconds).
    """
    moment = _moment(unit, now)
    delay = turns.c.crawl_delay_s if crawl_delay_s is None else literal(crawl_delay_s, Float)
    distance = _later(_later(literal(pace_s, Float), turns.c.pace_s), delay)
    last = case((turns.c.last_at > moment + FAR_S, 0.0), else_=turns.c.last_at)
    insert = sqlite.insert if unit.dialect.name == "sqlite" else postgresql.insert
    statement = insert(turns).values(
        place=place,
        last_at=moment,
        pace_s=pace_s,
        crawl_delay_s=crawl_delay_s or 0.0,
        held_until=0.0,
        given=1,
    )
    taken = statement.on_conflict_do_update(
        index_elements=["place"],
        set_={
            "last_at": _later(_later(moment, turns.c.held_until), last + distance),
            "pace_s": pace_s,
            "crawl_delay_s": delay,
            "given": turns.c.given + 1,
        },
        where=turns.c.held_until <= moment + patience_s,
    ).returning(turns.c.last_at, moment.label("now"))
    row = unit.execute(taken).first()
    return None if row is None else Turn(at=row.last_at, wait_s=max(0.0, row.last_at - row.now))


def spend_turns(unit: Unit, place: str, count: int, *, now: float) -> None:
    """Put the next turn off by as many as were used at once."""
    distance = _later(turns.c.pace_s, turns.c.crawl_delay_s)
    unit.execute(
        update(turns)
        .where(turns.c.place == place)
        .values(
            last_at=_later(turns.c.last_at, _moment(unit, now)) + count * distance,
            given=turns.c.given + count,
        )
    )


def hold(unit: Unit, place: str, seconds: float, *, now: float) -> None:
    """Give no turn at a place for some seconds; `inf` is until `release`. A longer hold stays."""
    moment = _moment(unit, now)
    until: ColumnElement[float] = (
        literal(NEVER, Float) if seconds >= NEVER else moment + bindparam("held", seconds, Float)
    )
    insert = sqlite.insert if unit.dialect.name == "sqlite" else postgresql.insert
    statement = insert(turns).values(
        place=place, last_at=0.0, pace_s=0.0, crawl_delay_s=0.0, held_until=until, given=0
    )
    unit.execute(
        statement.on_conflict_do_update(
            index_elements=["place"], set_={"held_until": _later(turns.c.held_until, until)}
        )
    )


def release(unit: Unit, place: str) -> None:
    """Lift a hold."""
    unit.execute(update(turns).where(turns.c.place == place).values(held_until=0.0))


def find_turns(unit: Unit, place: str) -> Turns | None:
    """Return the ledger's row of a place; None when it was never asked at a pace."""
    row = unit.execute(select(turns).where(turns.c.place == place)).mappings().first()
    return None if row is None else from_row(Turns, dict(row))


def _moment(unit: Unit, now: float) -> ColumnElement[float]:
    if unit.dialect.name == "sqlite":
        return literal(now, Float)
    return func.extract("epoch", func.statement_timestamp()).cast(Float)


def _later(a: ColumnElement[float], b: ColumnElement[float]) -> ColumnElement[float]:
    return case((a >= b, a), else_=b)
