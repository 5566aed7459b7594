"""What rights, findings and decisions are called."""

from __future__ import annotations

from enum import StrEnum

from domain.flags import Verdict
from domain.grounds import Ground
from domain.matches import Decision, NameHow, PictureHow
from domain.rights import MarkForm, RegisterStatus, RightKind
from matchers.pictures.signs import SignNature
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
    Verdict: {
        Verdict.INFRINGING: mark("Infringing"),
        Verdict.GENUINE: mark("Genuine"),
        Verdict.AUTHORISED: mark("Authorised"),
        Verdict.UNSURE: mark("Unsure"),
    },
    Decision: {
        Decision.FLAG: mark("Flagged"),
        Decision.NO_GROUND: mark("No ground"),
        Decision.AUTHORISED: mark("Covered by an authorisation"),
        Decision.BELOW: mark("Below the threshold"),
    },
    Ground: {
        Ground.IN_FORCE: mark("In force"),
        Ground.NOT_STATED: mark("Validity not known"),
        Ground.APPLIED: mark("Applied for only"),
        Ground.NOT_YET: mark("Not yet in force"),
        Ground.LAPSED: mark("Lapsed"),
        Ground.ABROAD: mark("Registered abroad only"),
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
        NameHow.TRANSLITERATED: mark("Another script"),
        NameHow.PART: mark("Distinctive part alone"),
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
}
