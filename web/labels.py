"""What each term of the house is called on a page, as sentences to translate."""

from __future__ import annotations

from enum import StrEnum

from casework.graphs import StationKind
from casework.hubs import Shown
from domain.cases import CaseEventKind, CaseState
from domain.flags import Verdict
from domain.grounds import Ground
from domain.hubs import HubVerdict
from domain.listings import Availability, Change, Part
from domain.mappings import Meaning
from domain.matches import Decision, NameHow, PictureHow
from domain.network_changes import NetworkChangeKind
from domain.platforms import PauseReason, PlatformEventKind
from domain.purchases import DayFault, Finding
from domain.queries import QueryOrigin, QueryState
from domain.rendering import RenderingAdvice
from domain.rights import MarkForm, RegisterStatus, RightKind
from domain.runs import OutcomeKind, SpiderName
from domain.tracing import ClueKind, HopKind, LeadState, LeadType, RecordKind
from domain.users import Role
from matchers.pictures.signs import SignNature
from tracing.hot_spots import SpotKind
from tracing.jurisdiction import PlaceRole
from tracing.retention import CountedFrom
from tracing.turnover import Against, Ceiling
from web.languages import mark

FIELDS: dict[str, str] = {
    "kind": mark("Kind"),
    "name": mark("Name"),
    "other_names": mark("Other names"),
    "number": mark("Number"),
    "office": mark("Office"),
    "nice_classes": mark("Nice classes"),
    "vienna_codes": mark("Vienna codes"),
    "goods": mark("Goods"),
    "holder": mark("Holder"),
    "valid_from": mark("Valid from"),
    "valid_to": mark("Valid to"),
    "logos": mark("Logos"),
    "photos": mark("Photos"),
    "area": mark("Protected area"),
    "product": mark("Product"),
    "standard": mark("Standard"),
    "season_from": mark("Season"),
    "season_to": mark("Season"),
    "users_complete": mark("List of users complete"),
    "price_band": mark("Price"),
    "notes": mark("Notes"),
    "entry": mark("Register entry"),
}
"""What the fields of a right are called; those of its register entry are all called that."""

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    NetworkChangeKind: {
        NetworkChangeKind.FORMED: mark("Network formed of"),
        NetworkChangeKind.JOINED: mark("Joined it"),
        NetworkChangeKind.LEFT: mark("Belong to it no longer"),
        NetworkChangeKind.MERGED: mark("Came with a network that was merged into it"),
        NetworkChangeKind.SPLIT: mark("Split off to another network"),
        NetworkChangeKind.DISSOLVED: mark("Network dissolved, until then"),
    },
    Verdict: {
        Verdict.INFRINGING: mark("Infringing"),
        Verdict.GENUINE: mark("Genuine"),
        Verdict.AUTHORISED: mark("Authorised"),
        Verdict.UNSURE: mark("Unsure"),
    },
    CaseState: {
        CaseState.OPEN: mark("Open"),
        CaseState.NOTICED: mark("Platform notified"),
        CaseState.HANDED_OVER: mark("Handed over"),
        CaseState.CLOSED: mark("Closed"),
    },
    CaseEventKind: {
        CaseEventKind.OPENED: mark("Case opened"),
        CaseEventKind.FLAG_ADDED: mark("Flag added"),
        CaseEventKind.DOSSIER_COMPILED: mark("Dossier compiled"),
        CaseEventKind.NOTICE_PACKAGED: mark("Notice packaged"),
        CaseEventKind.STATE_CHANGED: mark("State changed"),
        CaseEventKind.NOTE: mark("Note"),
        CaseEventKind.TEST_PURCHASE: mark("Test purchase entered"),
    },
    Availability: {
        Availability.IN_STOCK: mark("In stock"),
        Availability.OUT_OF_STOCK: mark("Out of stock"),
        Availability.UNKNOWN: mark("Not stated"),
    },
    Change: {
        Change.NEW: mark("First seen"),
        Change.CHANGED: mark("Changed"),
        Change.UNCHANGED: mark("Unchanged"),
        Change.SOLD_OUT: mark("Sold out"),
        Change.RELISTED: mark("Relisted"),
        Change.GONE: mark("Gone"),
    },
    Part: {
        Part.TITLE: mark("Title"),
        Part.PRICE: mark("Price"),
        Part.AVAILABILITY: mark("Availability"),
        Part.SELLER: mark("Seller"),
        Part.PICTURES: mark("Pictures"),
        Part.DESCRIPTION: mark("Description"),
        Part.OTHER: mark("Other details"),
    },
    NameHow: {
        NameHow.EXACT: mark("The very name"),
        NameHow.SEPARATOR: mark("Separators inserted"),
        NameHow.FULLWIDTH: mark("Full-width letters"),
        NameHow.HOMOGLYPH: mark("Look-alike letters"),
        NameHow.LEET: mark("Digits for letters"),
        NameHow.TYPO: mark("Misspelt"),
        NameHow.SPLIT: mark("Split up"),
        NameHow.TRADITIONAL: mark("Traditional characters"),
        NameHow.PINYIN: mark("Pinyin"),
        NameHow.SOUND: mark("Same sound"),
        NameHow.SHAPE: mark("Similar characters"),
        NameHow.MIXED: mark("Several disguises"),
        NameHow.PART: mark("Distinctive part alone"),
    },
    QueryOrigin: {
        QueryOrigin.NAME: mark("Registered name"),
        QueryOrigin.OTHER_NAME: mark("Other registered name"),
        QueryOrigin.OWN: mark("Added by a person"),
        QueryOrigin.IMITATION: mark("Likely imitation"),
    },
    QueryState: {
        QueryState.UNTRIED: mark("Not asked yet"),
        QueryState.IN_USE: mark("In use"),
        QueryState.KEPT: mark("Kept by a person"),
        QueryState.BARREN: mark("Barren, resting"),
        QueryState.RETIRED: mark("Retired by a person"),
    },
    PictureHow: {
        PictureHow.COPY: mark("Copied picture"),
        PictureHow.LOCAL_FEATURES: mark("Logo in the picture"),
        PictureHow.REGION_HASH: mark("Part of the picture"),
        PictureHow.LEARNED: mark("Similar picture"),
        PictureHow.TEXT: mark("Words in the picture"),
        PictureHow.SEAL: mark("Seal in the picture"),
    },
    SignNature: {
        SignNature.OFFICIAL_SIGN: mark("Official sign, by leave only"),
        SignNature.FORMER_SIGN: mark("Former official sign, no longer in use"),
        SignNature.OLYMPIC_SIGN: mark("Sign protected as Olympic"),
        SignNature.CERTIFICATION_MARK: mark("Registered certification mark"),
        SignNature.CERTIFICATION_SIGN: mark("Product certification sign"),
        SignNature.TITLE: mark("Title that an authority awards"),
        SignNature.FORBIDDEN_WORDS: mark("Words that no goods may carry"),
    },
    Decision: {
        Decision.FLAG: mark("Flagged"),
        Decision.NO_GROUND: mark("No ground"),
        Decision.AUTHORISED: mark("Covered by an authorisation"),
        Decision.BELOW: mark("Below the threshold"),
    },
    RightKind: {
        RightKind.MARK: mark("Trade mark"),
        RightKind.WELL_KNOWN_MARK: mark("Well-known mark"),
        RightKind.TIME_HONOURED_BRAND: mark("Time-honoured brand"),
        RightKind.CERTIFICATION_MARK: mark("Certification mark"),
        RightKind.COLLECTIVE_MARK: mark("Collective mark"),
        RightKind.GI: mark("Geographical indication"),
        RightKind.OFFICIAL_SIGN: mark("Official sign"),
        RightKind.SPECIAL_SIGN: mark("Special sign"),
        RightKind.OLYMPIC_SIGN: mark("Olympic sign"),
        RightKind.INVENTION_PATENT: mark("Invention patent"),
        RightKind.UTILITY_MODEL: mark("Utility model"),
        RightKind.DESIGN: mark("Design"),
        RightKind.PATENT_MARKING: mark("Patent marking"),
    },
    Ground: {
        Ground.IN_FORCE: mark("In force"),
        Ground.NOT_STATED: mark("Validity not known"),
        Ground.APPLIED: mark("Applied for only"),
        Ground.NOT_YET: mark("Not yet in force"),
        Ground.LAPSED: mark("Lapsed"),
        Ground.ABROAD: mark("Registered abroad only"),
    },
    RegisterStatus: {
        RegisterStatus.APPLIED: mark("Applied for"),
        RegisterStatus.REGISTERED: mark("Registered"),
        RegisterStatus.ENDED: mark("Ended"),
        RegisterStatus.NOT_STATED: mark("Not stated"),
    },
    MarkForm: {
        MarkForm.STANDARD_CHARACTERS: mark("Standard characters"),
        MarkForm.STYLISED: mark("Stylised words"),
        MarkForm.FIGURATIVE: mark("Drawing"),
        MarkForm.COMBINED: mark("Words and drawing"),
        MarkForm.OTHER: mark("Other form"),
    },
    SpiderName: {
        SpiderName.SEARCH: mark("Search"),
        SpiderName.WATCH: mark("Watch"),
        SpiderName.CAPTURE: mark("Capture"),
    },
    ClueKind: {
        ClueKind.PHONE: mark("Phone"),
        ClueKind.EMAIL: mark("E-mail"),
        ClueKind.WECHAT: mark("WeChat"),
        ClueKind.QQ: mark("QQ"),
        ClueKind.USCC: mark("Unified social credit code"),
        ClueKind.LICENCE: mark("Licence number"),
        ClueKind.ICP: mark("ICP filing"),
        ClueKind.COMPANY: mark("Company"),
        ClueKind.ADDRESS: mark("Address"),
        ClueKind.WAYBILL: mark("Waybill"),
        ClueKind.PATENT: mark("Patent number"),
        ClueKind.ACCOUNT: mark("Social account"),
        ClueKind.PAYMENT: mark("Payment account"),
        ClueKind.BANK_ACCOUNT: mark("Bank account"),
        ClueKind.CONTAINER: mark("Container"),
        ClueKind.SSCC: mark("Pallet (SSCC)"),
        ClueKind.GLN: mark("Place or party (GLN)"),
        ClueKind.TAG: mark("Page code"),
        ClueKind.SHOP: mark("Shop"),
        ClueKind.SHOP_NAME: mark("Shop name"),
        ClueKind.PICTURE: mark("Picture of goods"),
        ClueKind.TEXT: mark("Text of goods"),
        ClueKind.PERSON: mark("Legal representative"),
    },
    Shown: {
        Shown.HUBS: mark("Joining nobody"),
        Shown.TOLD: mark("Decided by people"),
        Shown.ALL: mark("All shared values"),
    },
    HubVerdict: {
        HubVerdict.HUB: mark("Joins nobody"),
        HubVerdict.OWN: mark("One operator's"),
        HubVerdict.LEFT: mark("Taken back"),
    },
    HopKind: {
        HopKind.LISTING: mark("Listing"),
        HopKind.SELLER: mark("Seller"),
        HopKind.COMPANY: mark("Company"),
        HopKind.SHIPMENT: mark("Shipment"),
        HopKind.WAREHOUSE: mark("Warehouse"),
        HopKind.SUPPLIER: mark("Upstream supplier"),
        HopKind.RELATED_COMPANY: mark("Company of a namesake"),
    },
    LeadState: {
        LeadState.SUGGESTED: mark("Suggested"),
        LeadState.CONFIRMED: mark("Confirmed"),
        LeadState.REJECTED: mark("Rejected"),
    },
    LeadType: {
        LeadType.SAME_OPERATOR: mark("Same operator"),
        LeadType.REGISTERED_AS: mark("Registered as"),
        LeadType.STORES_AT: mark("Stores at"),
        LeadType.SHIPPED: mark("Shipped"),
        LeadType.RECEIVED: mark("Goods received"),
        LeadType.SAME_GOODS: mark("Same goods"),
        LeadType.SAME_PERSON: mark("Legal representatives of one name"),
    },
    Meaning: {
        Meaning.SOURCE: mark("Source of the row"),
        Meaning.KEY: mark("Identifier of the row"),
        Meaning.RETRIEVED_AT: mark("Retrieved on"),
        Meaning.KIND: mark("Kind of record"),
        Meaning.NAME: mark("Name"),
        Meaning.USCC: mark("Social credit code"),
        Meaning.ADDRESS: mark("Address"),
        Meaning.PHONES: mark("Phones"),
        Meaning.EMAILS: mark("E-mail addresses"),
        Meaning.LEGAL_REPRESENTATIVE: mark("Legal representative"),
        Meaning.TENANTS: mark("Tenants in one cell"),
        Meaning.TENANT_NAME: mark("Tenant"),
        Meaning.TENANT_USCC: mark("Tenant's social credit code"),
        Meaning.TENANT_PHONE: mark("Tenant's phone"),
        Meaning.WAYBILL: mark("Waybill"),
        Meaning.CARRIER: mark("Carrier"),
        Meaning.SHIPPED_AT: mark("Shipped on"),
        Meaning.SENDER_NAME: mark("Sender"),
        Meaning.SENDER_PHONE: mark("Sender's phone"),
        Meaning.SENDER_ADDRESS: mark("Sender's address"),
        Meaning.SENDER_USCC: mark("Sender's social credit code"),
        Meaning.RECIPIENT_NAME: mark("Recipient"),
        Meaning.RECIPIENT_PHONE: mark("Recipient's phone"),
        Meaning.RECIPIENT_ADDRESS: mark("Recipient's address"),
        Meaning.RECIPIENT_USCC: mark("Recipient's social credit code"),
        Meaning.SHOP: mark("Shop as platform/account"),
        Meaning.PLATFORM: mark("Platform"),
        Meaning.SELLER_KEY: mark("Shop account"),
        Meaning.SHOP_NAME: mark("Shop name"),
        Meaning.ORDER_NUMBER: mark("Order number"),
        Meaning.DECLARATION_NUMBER: mark("Customs declaration number"),
        Meaning.DOCUMENT_NUMBER: mark("Number of the invoice or delivery note"),
        Meaning.GOODS: mark("Name of the goods"),
        Meaning.HS_CODE: mark("Customs tariff code"),
        Meaning.CONTAINER: mark("Container number"),
        Meaning.SSCC: mark("Pallet number (SSCC)"),
        Meaning.GLN: mark("Location number (GLN)"),
        Meaning.COMPLAINT_NUMBER: mark("Complaint number"),
        Meaning.EVENT: mark("Status of the parcel"),
        Meaning.EVENT_AT: mark("When it happened"),
        Meaning.EVENT_PLACE: mark("Where it happened"),
        Meaning.SEALS: mark("Seal numbers"),
        Meaning.MEDIA: mark("Digests of photos and films"),
        Meaning.OTHER: mark("Keep as text"),
        Meaning.LEFT_OUT: mark("Leave out"),
    },
    RecordKind: {
        RecordKind.COMPANY: mark("Company"),
        RecordKind.WAREHOUSE: mark("Warehouse"),
        RecordKind.SHIPMENT: mark("Shipment"),
        RecordKind.PLATFORM_REPLY: mark("Platform reply"),
        RecordKind.COMPLAINT: mark("Complaint"),
        RecordKind.CUSTOMS: mark("Customs"),
        RecordKind.TEST_PURCHASE: mark("Test purchase"),
        RecordKind.DELIVERY: mark("Proof of purchase"),
        RecordKind.EVENT: mark("Event"),
    },
    Role: {
        Role.INVESTIGATOR: mark("Investigator"),
        Role.RIGHTS_HOLDER: mark("Rights holder"),
        Role.OPERATOR: mark("Operator"),
    },
    PauseReason: {
        PauseReason.LOGIN: mark("Log-in wall"),
        PauseReason.BLOCKED: mark("Slider, captcha or refusal"),
        PauseReason.RATE_LIMITED: mark("Too many requests"),
        PauseReason.BY_HAND: mark("By a person"),
    },
    PlatformEventKind: {
        PlatformEventKind.PAUSED: mark("Paused"),
        PlatformEventKind.RESUMED: mark("Resumed"),
        PlatformEventKind.ROBOTS_SET_ASIDE: mark("robots.txt set aside by order"),
        PlatformEventKind.ROBOTS_OBEYED: mark("robots.txt obeyed again"),
    },
    RenderingAdvice: {
        RenderingAdvice.AS_NEEDED: mark("Without a browser, then with one where the page is empty"),
        RenderingAdvice.AT_ONCE: mark("In a browser at once"),
        RenderingAdvice.NEVER: mark("Without a browser: it brings nothing"),
    },
    OutcomeKind: {
        OutcomeKind.FOUND: mark("Found"),
        OutcomeKind.NOTHING_THERE: mark("Nothing there"),
        OutcomeKind.LAYOUT_CHANGED: mark("Layout changed"),
        OutcomeKind.BLOCKED: mark("Blocked"),
        OutcomeKind.LOGIN_NEEDED: mark("Log-in needed"),
        OutcomeKind.RATE_LIMITED: mark("Slowed down by the platform"),
        OutcomeKind.SHOP_DOWN: mark("Shop down"),
        OutcomeKind.STOPPED_BY_LIMIT: mark("Stopped by a limit"),
    },
    StationKind: {
        StationKind.LISTING: mark("Listing"),
        StationKind.SELLER: mark("Seller"),
        StationKind.COMPANY: mark("Company"),
        StationKind.SHIPMENT: mark("Parcel"),
        StationKind.WAREHOUSE: mark("Warehouse"),
        StationKind.GOODS: mark("Goods received"),
        StationKind.SUPPLIER: mark("Upstream supplier"),
        StationKind.RECORD: mark("Other record"),
        StationKind.OTHER_SELLER: mark("Other shop"),
    },
    PlaceRole: {
        PlaceRole.WAREHOUSE: mark("Warehouse"),
        PlaceRole.SENDER: mark("Sender of a parcel"),
        PlaceRole.RETURN: mark("Return address"),
        PlaceRole.SHIPS_FROM: mark("Ships from"),
        PlaceRole.DISCLOSED: mark("Given on request"),
        PlaceRole.SHOP: mark("Published by the shop"),
        PlaceRole.REGISTERED: mark("Registered address"),
    },
    Finding: {
        Finding.OPEN: mark("No statement yet"),
        Finding.COUNTERFEIT: mark("Counterfeit"),
        Finding.GENUINE: mark("Genuine goods"),
        Finding.NOT_TOLD: mark("Cannot be told"),
    },
    DayFault: {
        DayFault.TO_COME: mark("A day lies in the future."),
        DayFault.RECEIVED_BEFORE_ORDERED: mark("Received before it was ordered: check both days."),
        DayFault.OPENED_BEFORE_RECEIVED: mark("Opened before it was received: check both days."),
        DayFault.STATED_BEFORE_RECEIVED: mark(
            "The statement is older than the goods: check both days."
        ),
    },
    SpotKind: {
        SpotKind.WAREHOUSE: mark("Warehouse"),
        SpotKind.MARKET: mark("Market or building"),
        SpotKind.STREET: mark("Street"),
        SpotKind.COUNTY: mark("County"),
    },
    CountedFrom: {
        CountedFrom.FIRST_SEEN: mark("Sales up to the day it was first seen"),
        CountedFrom.LAST_SEEN: mark("Sales up to the day it was last seen"),
        CountedFrom.TEST_PURCHASE: mark("Test purchase completed"),
    },
    Against: {
        Against.ABOVE: mark("At or above ¥50,000"),
        Against.BELOW: mark("Below ¥50,000"),
        Against.OPEN: mark("¥50,000 not decided"),
    },
    Ceiling: {
        Ceiling.CLOSED: mark("Counter only rose"),
        Ceiling.FELL: mark("Counter fell: no upper end"),
        Ceiling.NO_PRICE: mark("No price shown"),
        Ceiling.NO_COUNTER: mark("No counter shown"),
        Ceiling.NOT_SHOWN: mark("Neither price nor counter shown"),
        Ceiling.CURRENCIES: mark("Prices in several currencies: not converted"),
    },
}
"""By enum first: members of different enums with the same value are equal as dictionary keys."""


def label_of(member: StrEnum) -> str:
    """Return the sentence for a term, still to be translated."""
    return LABELS[type(member)][member]
