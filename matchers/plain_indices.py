"""Array indices taken as they are: compiled code asks of none whether it counts from the end.

Python's `a[-1]` is the last place, so numba adds a comparison and a sum to every access by a signed
number: a sixth of the time of a search went there. Compiled code of this project must have no such
indices; tests/matchers/names/test_indices.py looks at all of those that a search of names uses.
"""

from __future__ import annotations

from typing import Any

from numba.core import ir, types
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import AnalysisPass, register_pass
from numba.core.typed_passes import AnnotateTypes


@register_pass(mutates_CFG=False, analysis_only=False)
class _TakeIndicesAsTheyAre(AnalysisPass):  # type: ignore[misc]
    """Ask for the access by unsigned numbers, wherever an array is read or written by numbers."""

    _name = "take_indices_as_they_are"

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        for place, signature in list(state.calltypes.items()):
            if not _is_access(place):
                continue
            array, index, *rest = signature.args
            if isinstance(array, types.Array) and (unsigned := _unsigned(index)):
                del state.calltypes[place]  # It takes no second value for a key.
                state.calltypes[place] = signature.replace(args=(array, unsigned, *rest))
        return True


def _is_access(place: Any) -> bool:
    return isinstance(place, ir.SetItem) or (isinstance(place, ir.Expr) and place.op == "getitem")


def _unsigned(index: Any) -> Any:
    """Return the type to be used for an index; None for what is no number and no row of them."""
    if isinstance(index, types.Integer):
        return types.uintp
    if isinstance(index, types.BaseTuple) and all(isinstance(one, types.Integer) for one in index):
        return types.UniTuple(types.uintp, len(index))
    return None


class PlainIndices(CompilerBase):  # type: ignore[misc]
    """Numba's own way of compiling, with that one step more."""

    def define_pipelines(self) -> list[Any]:
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(_TakeIndicesAsTheyAre, AnnotateTypes)
        passes.finalize()
        return [passes]
