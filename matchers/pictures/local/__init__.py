"""Marks in pictures by their parts and by their edges; no network, no training."""

from matchers.pictures.local.frames import Drawing, cut_drawing, frame_of
from matchers.pictures.local.template import Template, make_template
from matchers.pictures.local.verification import (
    Surface,
    Verification,
    align,
    verify_region,
    verify_templates,
)

__all__ = [
    "Drawing",
    "Surface",
    "Template",
    "Verification",
    "align",
    "cut_drawing",
    "frame_of",
    "make_template",
    "verify_region",
    "verify_templates",
]
