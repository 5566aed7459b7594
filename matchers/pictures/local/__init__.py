"""Marks in pictures by their parts and by their edges; no network, no training."""

from matchers.pictures.local.calibration import Agreement, probability_of
from matchers.pictures.local.finding import Detail, LocalHit, find_local
from matchers.pictures.local.frames import Drawing, cut_drawing, frame_of
from matchers.pictures.local.index import (
    LocalIndex,
    begin_local,
    decode_frame,
    encode_frame,
    index_local,
)
from matchers.pictures.local.references import LocalFeatures, describe_reference
from matchers.pictures.local.template import Template, make_template
from matchers.pictures.local.verification import (
    Surface,
    Verification,
    align,
    verify_region,
    verify_templates,
)

__all__ = [
    "Agreement",
    "Detail",
    "Drawing",
    "LocalFeatures",
    "LocalHit",
    "LocalIndex",
    "Surface",
    "Template",
    "Verification",
    "align",
    "begin_local",
    "cut_drawing",
    "decode_frame",
    "describe_reference",
    "encode_frame",
    "find_local",
    "frame_of",
    "index_local",
    "make_template",
    "probability_of",
    "verify_region",
    "verify_templates",
]
