"""What people confirm in pictures becomes a reference, which makes the next look better."""

from __future__ import annotations

from casework.access import require
from casework.context import Context
from casework.flags import find_row
from casework.pictures import cut_region
from casework.references import describe_reference
from domain.common import FlagId, Sha256, WrongUse
from domain.flags import Verdict
from domain.matches import PicturePlace
from domain.pictures import ReferencePicture, ReferenceRole
from domain.users import Role, User
from storage import matches, rights

ASKED_FOR = {ReferenceRole.FAKE: Verdict.INFRINGING, ReferenceRole.HARMLESS: Verdict.GENUINE}
"""Role that a person gives to what a flag shows ▶ the verdict that must stand."""


def keep_as_reference(
    context: Context, user: User, flag_id: FlagId, sha256: Sha256, role: ReferenceRole
) -> ReferencePicture:
    """Make a reference of what was found in a picture of a flag, by a person's explicit choice.

    Of a flag judged infringing the region found becomes a known fake of its right; of one judged
    genuine the whole picture becomes a harmless one, copies of which are never a hit again.

    Raises: WrongUse when the verdict is another, or the picture shows nothing of the flag;
    NotFound; NotAllowed.
    """
    require(user, Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
    with context.database.read() as unit:
        row = find_row(unit, user, flag_id)
        match = matches.find_match(unit, row.flag.match_id)
    if role not in ASKED_FOR or row.verdict is not ASKED_FOR[role]:
        raise WrongUse(f"a flag judged {row.verdict or 'by nobody'} gives no {role.value} picture")
    wheres = [one.where for one in match.findings] if match else []
    # An official sign is nobody's picture: it is no fake, and never a reason to look no further.
    places = (one for one in wheres if isinstance(one, PicturePlace) and one.reference is not None)
    place = next((one for one in places if one.sha256 == sha256), None)
    if place is None:
        raise WrongUse(f"flag {flag_id} rests on no finding in that picture")
    if role is ReferenceRole.FAKE:
        data = cut_region(context, sha256, place.box)
    else:
        data = context.blobs.get(sha256)
    name = f"{row.flag.listing} {sha256[:12]}"
    loaded = describe_reference(row.flag.right_id, role, name, data)
    context.blobs.put(loaded.data)
    with context.database.write() as unit:
        known = rights.references_of(unit, row.flag.right_id)
        same = (one for one in known if (one.role, one.sha256) == (role, loaded.picture.sha256))
        if (before := next(same, None)) is not None:
            return before
        rights.add_reference(unit, loaded.picture)
    return loaded.picture
