"""What a run counts and fetches, as sentences to translate."""

from __future__ import annotations

from domain.runs import OutcomeKind
from web.labels import labels_of
from web.languages import mark

PAGE_ROLES: dict[str, str] = {
    "start": mark("Start page"),
    "index": mark("Result pages and categories"),
    "listing": mark("Listing pages"),
    "seller": mark("Seller pages"),
}
"""What pages are fetched for, as `RenderingNeed.role` names it."""

RUN_COUNTS: dict[str, str] = {
    "pages": mark("Pages read"),
    "listings": mark("Listings gathered"),
    "with_price": mark("Listings with a price"),
    "with_picture": mark("Listings with a picture"),
    "with_seller": mark("Listings with a seller"),
    "held": mark("Held back: another crawl was refused"),
    "pictures": mark("Pictures gathered"),
    "sellers": mark("Seller pages"),
    "rendered": mark("Rendered in the browser"),
    "sitemaps": mark("Sitemaps read"),
    "new": mark("New listings"),
    "changed": mark("Listings changed"),
    "sold_out": mark("Listings sold out"),
    "relisted": mark("Listings relisted"),
    "gone": mark("Listings gone"),
    "gone_by_words": mark("Told gone by the words of the page alone"),
    "not_modified": mark("Not modified since the last visit"),
    "robots": mark("Not allowed by robots.txt"),
    "robots_unreachable": mark("robots.txt could not be read"),
    "private_address": mark("Private network address"),
    "off_site": mark("Leads to another host"),
    "not_http": mark("Not a web address"),
    "not_a_page": mark("Not a page"),
    "not_a_picture": mark("Not a picture"),
    "not_the_listing": mark("No longer the same listing"),
    "personal_page": mark("Account or basket page"),
    "facet_trap": mark("Endless filter combinations"),
    "path_trap": mark("Endless path"),
    "endless_list": mark("Endless result list"),
    "language_copy": mark("The same page in another language"),
    "redirect_loop": mark("Redirects in a circle"),
    "page_not_there": mark("Page not there"),
    "picture_not_there": mark("Picture not there"),
    "pictures_left_out": mark("Pictures beyond the limit"),
    "too_large": mark("Too large"),
    "timed_out": mark("Timed out"),
    "cut_short": mark("Cut short"),
    "bad_packing": mark("Could not be unpacked"),
    "unreadable": mark("Took too long to read"),
    "connection_refused": mark("Connection refused"),
    "connection_failed": mark("Connection failed"),
    "host_not_found": mark("Host not found"),
    "not_rendered": mark("Could not be rendered"),
    "rendered_unsettled": mark("Rendering did not settle"),
    "list_refused": mark("Lists of the shop system refused"),
    "listings_by_list_only": mark("Known from a list only"),
    "cards_refused": mark("Results that could not be read"),
    "no_token": mark("The open API gave no token"),
    "not_a_listing": mark("Results that are no listing"),
    "taken_over": mark("Taken over from a run broken off"),
    "captures": mark("Pages captured"),
    "captures_cut": mark("Captured pages cut at the longest size"),
    "captures_unsettled": mark("Captured before all parts had come"),
    "not_captured": mark("Could not be captured"),
    "parts_left_out": mark("Parts of captured pages left out"),
    "fault": mark("Fault of ours"),
    **{kind.value: message for kind, message in labels_of(OutcomeKind).items()},
}
"""What a run counts, by its key in `Run.counts`; a key that is not here is shown as it is."""
