"""`suyuan demo`: the whole chain on the example marketplace, in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from casework.accounts import add_user
from casework.cases import open_case
from casework.context import Context, open_context
from casework.flags import FlagSummary, QueueFilter, queue
from casework.intake import known_listings
from casework.linking import link
from casework.looking import look as look_at_pictures
from casework.notices import draft_notice, package_notice, read_package
from casework.records import import_records
from casework.review import judge
from casework.rights import import_authorisations, import_register
from casework.screening import screen
from casework.settings import load_settings
from cli.crawl import job_for
from cli.output import advance, progress, say
from cli.serve import run_desk
from crawler.jobs import CrawlResult
from crawler.launch import run_job
from domain.common import StorageFault, WrongUse
from domain.evidence import SealedPackage
from domain.flags import Verdict
from domain.listings import ListingRef
from domain.notices import NoticeSender
from domain.users import Role, User
from examples.marketplace import Truth, build_truth, serve, write_inputs
from tracing import Linking

USER_NAME = "demo"
PASSWORD = "suyuan-demo"  # noqa: S105 - printed for everyone, and opens example data only
_MARKER = ".suyuan-demo"
_MANY = 100_000

KNOWN_GAPS: Mapping[str, str] = {
    "logo_in_scene": "a logo somewhere in a picture: nobody looked into the pictures (--no-look)",
}
"""Kinds of imitation that are not found where pictures are not looked into, and why."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    once: Annotated[bool, typer.Option(help="Print a summary as JSON and stop")] = False,
    look: Annotated[
        bool, typer.Option(help="Look for logos and words in the pictures, half a second each")
    ] = True,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data")] = Path("demo-data"),
    host: Annotated[str, typer.Option(help="Address of the desk")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of the desk")] = 8000,
) -> int:
    """Gather, screen and trace an example marketplace, then open the desk on it."""
    if not once:
        _require_free(host, port)
    _empty(folder)
    home = (folder / "home").absolute()
    settings = replace(load_settings(), folder=home, database_url=f"sqlite:///{home / 'suyuan.db'}")
    context = open_context(settings)
    with serve() as marketplace:
        truth = build_truth(marketplace.world, marketplace.platforms)
        _import(context, folder / "inputs", marketplace.platforms)
        crawls = _crawl(context, marketplace.base_urls)
        if look:
            _look(context)
        with progress("screening listings") as bar:
            screened = screen(context, on_progress=lambda done: advance(bar, done))
        linking = link(context)
        say(
            f"{sum(crawl.counts.get('listings', 0) for crawl in crawls)} listings gathered, "
            f"{screened.flagged} flags, {len(linking.networks)} seller networks"
        )
        user = _add_user(context)
        found = queue(context, user, QueueFilter(state="all"), per_page=_MANY).items
        package, path = _work_one_case(context, user, truth, found, folder / "packages")
        if once:
            seen = {listing.ref for listing in known_listings(context)}
            summary = summarise(truth, seen, found, linking, crawls, (path,))
            print(json.dumps(summary, ensure_ascii=False))  # noqa: T201
            return 0
        say(f"a sealed notice package: {path} (seal {package.seal[:16]}…)")
        say(f"the desk: http://{host}:{port}   log in as {USER_NAME} with {PASSWORD}")
        run_desk(context, host=host, port=port)
    return 0


def summarise(
    truth: Truth,
    seen: set[ListingRef],
    found: tuple[FlagSummary, ...],
    linking: Linking,
    crawls: tuple[CrawlResult, ...],
    package_paths: tuple[Path, ...],
) -> dict[str, object]:
    """Hold what was found against the truth file."""
    flagged = {flag.listing for flag in found}
    imitated = truth.of_kind("imitated")
    missed = sorted(imitated - flagged)
    networks = {frozenset(network.members) for network in linking.networks}
    trails = {
        trail.listing: tuple((hop.kind, hop.key) for hop in trail.hops) for trail in linking.trails
    }
    right_trails = sum(trails.get(trail.listing) == trail.hops for trail in truth.trails)
    return {
        "listings": len(seen),
        "listings_expected": len(truth.listings),
        "hidden_gathered": [str(ref) for ref in sorted(truth.hidden & seen)],
        "flags": len(found),
        "imitations_expected": len(imitated),
        "imitations_flagged": len(imitated & flagged),
        "wrongly_flagged": len(flagged - imitated),
        "wrongly_flagged_listings": [str(ref) for ref in sorted(flagged - imitated)],
        "missed_listings": [
            str(ref) for ref in missed if truth.listings[ref].how not in KNOWN_GAPS
        ],
        "networks_expected": len(truth.networks),
        "networks_found": len(networks & truth.networks),
        "networks_wrong": len(networks - truth.networks),
        "trails_expected": len(truth.trails),
        "trails_found": right_trails,
        "packages": len(package_paths),
        "package_paths": [str(path) for path in package_paths],
        "known_gaps": _gaps(truth, missed),
        "crawls": {
            crawl.platform: {
                "outcomes": [outcome.kind.value for outcome in crawl.outcomes],
                **crawl.counts,
            }
            for crawl in crawls
        },
    }


def _gaps(truth: Truth, missed: list[ListingRef]) -> list[dict[str, object]]:
    """Name what was missed for a known reason; a listing without a flag has no trail either."""
    traced = {trail.listing for trail in truth.trails}
    gaps: list[dict[str, object]] = []
    for how, reason in KNOWN_GAPS.items():
        listings = [ref for ref in missed if truth.listings[ref].how == how]
        if listings:
            gaps.append(
                {
                    "how": how,
                    "reason": reason,
                    "listings": [str(ref) for ref in listings],
                    "trails": [str(ref) for ref in listings if ref in traced],
                }
            )
    return gaps


def _import(context: Context, folder: Path, platforms: Mapping[str, str]) -> None:
    inputs = write_inputs(folder, platforms)
    import_register(context, inputs.register)
    import_authorisations(context, inputs.authorisations)
    for path in inputs.records:
        import_records(context, path)


def _crawl(context: Context, base_urls: Mapping[str, str]) -> tuple[CrawlResult, ...]:
    """Gather the shops at the same time; the example marketplace asks for no pace."""
    jobs = [job_for(context, url, pace_s=0) for url in base_urls.values()]
    results = []
    with (
        progress(f"crawling {len(jobs)} shops", total=len(jobs)) as bar,
        ThreadPoolExecutor(len(jobs)) as pool,
    ):
        for result in pool.map(run_job, jobs):
            results.append(result)
            advance(bar, len(results))
    for result in results:
        if result.fault is not None:
            raise StorageFault(result.fault)
    return tuple(results)


def _look(context: Context) -> None:
    with progress("looking at pictures of listings") as bar:
        result = look_at_pictures(
            context,
            workers=os.cpu_count() or 1,
            on_progress=lambda done: advance(bar, done),
        )
    say(f"{result.pictures} pictures looked at, words read in {result.texts}")


def _add_user(context: Context) -> User:
    return add_user(
        context,
        user_name=USER_NAME,
        display_name="演示用户 Demo",
        role=Role.INVESTIGATOR,
        organisation="示例市市场监督管理局",
        password=PASSWORD,
    )


def _work_one_case(
    context: Context,
    user: User,
    truth: Truth,
    found: tuple[FlagSummary, ...],
    folder: Path,
) -> tuple[SealedPackage, Path]:
    """Judge one seller's flags as the demo user, open a case, seal its notice. Others wait."""
    chosen = _first_matter(truth, found)
    for flag in chosen:
        judge(
            context,
            user,
            flag.flag_id,
            verdict=Verdict.INFRINGING,
            reason="示例：与权利人确认系仿冒 (example: the holder confirmed the imitation)",
        )
    flag_ids = [flag.flag_id for flag in chosen]
    case = open_case(
        context, user, flag_ids, title=f"{chosen[0].seller_name}: {chosen[0].right_name}"
    )
    drafted = draft_notice(context, user, case.case_id, regime="cn_ecommerce_42", language="zh")
    holder = drafted.right.holder or drafted.right.name
    whole = replace(
        drafted,
        sender=NoticeSender(
            name=holder,
            identity_number="91310000MA1A0000X0",
            capacity="right_holder",
            address="示例省示例市示例路1号",
            contact="示例联系人 legal@holder.example",
        ),
        right=replace(drafted.right, proof=("商标注册证复印件",)),
        measures=("delete", "disconnect"),
        guarantee=True,
        signatory=holder,
        signed_on=context.clock().astimezone(ZoneInfo(context.settings.time_zone)).date(),
    )
    package = package_notice(context, user, case.case_id, whole)
    name, data = read_package(context, user, package.package_id)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return package, path


def _first_matter(truth: Truth, found: tuple[FlagSummary, ...]) -> tuple[FlagSummary, ...]:
    """Choose the flags of the first seller whose way to a warehouse is known."""
    with_trail = {trail.listing for trail in truth.trails}
    first = next((flag for flag in found if flag.listing in with_trail), None)
    if first is None:
        raise WrongUse("no flag of the example leads anywhere: screening found nothing to work on")
    return tuple(
        flag for flag in found if (flag.seller, flag.right_id) == (first.seller, first.right_id)
    )


def _empty(folder: Path) -> None:
    """Begin with an empty folder; only one that an earlier demo made is ever cleared."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARKER).exists():
            raise WrongUse(f"{folder} holds files that no demo made: choose another --folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARKER).touch()


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise WrongUse(f"port {port} is taken: choose another with --port") from fault
