"""Compiling functions to machine code, kept on disk beside them until any of them changes.

Compiled functions stand in a folder `engine` inside the package whose rules they follow
(`matchers/names/engine`, `matchers/pictures/engine`), and take no constants from other packages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, cached_property
from typing import Any

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.caching import CompileResultCacheImpl, FunctionCache, NullCache
from numba.core.dispatcher import Dispatcher
from numba.extending import intrinsic

from matchers import plain_indices
from matchers.keeping import SPOILT, places


class _Caches(NullCache):  # type: ignore[misc]
    """What was compiled: read from the first place that has it, kept in the first that takes it.

    A place that is missing, closed or spoilt costs the time of compiling and nothing else.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    @cached_property
    def _caches(self) -> list[Any]:
        """Looked for at the first call, which most functions never see: they are part of others."""
        return [_cache_in(place)(self._function) for place in places()]

    def load_overload(self, sig: object, target_context: object) -> object:
        for one in self._caches:
            with suppress(*SPOILT):
                found = one.load_overload(sig, target_context)
                if found is not None:
                    return found
        return None

    def save_overload(self, sig: object, data: object) -> None:
        for one in self._caches:
            with suppress(*SPOILT):
                one.save_overload(sig, data)
                return


@cache
def _cache_in(place: type) -> type:
    """Return a cache that knows one place."""
    known = type(f"_In{place.__name__}", (CompileResultCacheImpl,), {"_locator_classes": [place]})
    return type(f"_Cache{place.__name__}", (FunctionCache,), {"_impl_class": known})


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function at its first call in this version of the engine, then load it.

    It becomes part of the compiled functions that call it, since handing many arrays from one
    to another costs more than most of them do. It runs without the interpreter's lock.
    """
    return _compiled(function, inline=True)


def compiled_apart(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function that is called: it takes few arrays and stands in many places."""
    return _compiled(function, inline=False)


def _compiled(function: Callable[..., Any], *, inline: bool) -> Callable[..., Any]:
    dispatcher = numba.njit(
        nogil=True, forceinline=inline, pipeline_class=plain_indices.PlainIndices
    )(function)
    dispatcher._cache = _Caches(function)
    if inline and isinstance(dispatcher, Dispatcher):  # Where numba may not compile, it is plain.
        dispatcher.get_call_template = _of_any_value(dispatcher.get_call_template)
    result: Callable[..., Any] = dispatcher
    return result


def _of_any_value(template: Callable[..., Any]) -> Callable[..., Any]:
    """Return what tells the type of a call, for arguments of which no value is known.

    A counter that begins at 0 is a literal where a loop is first looked at, and numba would compile
    all that is called there twice: for that 0, and for numbers. What becomes part of its caller
    knows its literals all the same, once the two are optimised together.
    """

    def of(arguments: Iterable[Any], named: Mapping[str, Any]) -> Any:
        return template(
            tuple(map(types.unliteral, arguments)),
            {name: types.unliteral(one) for name, one in named.items()},
        )

    return of


@intrinsic  # type: ignore[untyped-decorator]
def count_bits(typing_context: object, value: Any) -> Any:
    """Return how many bits of an unsigned number are set; for compiled code."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return value(value), generate


@intrinsic  # type: ignore[untyped-decorator]
def lowest_bit(typing_context: object, value: Any) -> Any:
    """Return the place of the lowest bit set in an unsigned number, not 0; for compiled code."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], cgutils.true_bit)

    return value(value), generate


def _at_most(together: int) -> Any:
    @intrinsic  # type: ignore[untyped-decorator]
    def at_most(typing_context: object, values: Any, first: Any, limit: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            found = _several(context, builder, signature, arguments, together)
            compare = (
                builder.icmp_signed if signature.args[0].dtype.signed else builder.icmp_unsigned
            )
            told = compare("<=", found, _times(builder, arguments[2], together))
            return _as_bits(builder, told, together)

        return types.uint64(values, types.intp, values.dtype), generate

    return at_most


def _with(together: int) -> Any:
    @intrinsic  # type: ignore[untyped-decorator]
    def with_some(typing_context: object, values: Any, first: Any, bits: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            found = _several(context, builder, signature, arguments, together)
            some = builder.and_(found, _times(builder, arguments[2], together))
            return _as_bits(builder, builder.icmp_unsigned("!=", some, some.type(None)), together)

        return types.uint64(values, types.intp, values.dtype), generate

    return with_some


eight_at_most, many_at_most = _at_most(8), _at_most(64)
"""Given an array, a place and a limit: return which of eight values from there on, or of 64, are
the limit at most, as bits.

For compiled code: processors compare several at once, where eight comparisons by themselves took
three times as long. The array must have room for them all."""
eight_with, many_with = _with(8), _with(64)
"""Given an array, a place and bits: return which of as many values have some of them, as bits too.
"""


@intrinsic  # type: ignore[untyped-decorator]
def eight_bytes(typing_context: object, values: Any, first: Any) -> Any:
    """Return what stands in eight bytes of an array, from one value on, the first lowest.

    For compiled code; the array must have room for them.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        together = 64 // signature.args[0].dtype.bitwidth
        found = _several(context, builder, signature, arguments, together)
        return builder.bitcast(found, ir.IntType(64))

    return types.uint64(values, types.intp), generate


def _several(context: Any, builder: Any, signature: Any, arguments: Any, together: int) -> Any:
    """Read several values of an array, from one on."""
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    kind = array.data.type.pointee
    first = builder.bitcast(
        builder.gep(array.data, [arguments[1]]), ir.VectorType(kind, together).as_pointer()
    )
    return builder.load(first, align=kind.width // 8)


def _times(builder: Any, value: Any, together: int) -> Any:
    """Return a vector of one value."""
    vector = ir.VectorType(value.type, together)
    one = builder.insert_element(vector(ir.Undefined), value, ir.IntType(32)(0))
    return builder.shuffle_vector(
        one, vector(ir.Undefined), ir.VectorType(ir.IntType(32), together)([0] * together)
    )


def _as_bits(builder: Any, told: Any, together: int) -> Any:
    """Return answers as a number, the first as its lowest bit."""
    bits = builder.bitcast(told, ir.IntType(together))
    return bits if together == 64 else builder.zext(bits, ir.IntType(64))


@intrinsic  # type: ignore[untyped-decorator]
def borrowed(typing_context: object, value: Any) -> Any:
    """Return arrays, or tuples of arrays, whose references nobody counts; for compiled code.

    Counting them, by atomic steps at each use, took nine tenths of the time of a search. The
    caller keeps the arrays alive.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _uncounted(context, builder, signature.args[0], arguments[0])

    return value(value), generate


def _uncounted(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    if isinstance(kind, types.BaseTuple):
        parts = [
            _uncounted(context, builder, part, builder.extract_value(value, at))
            for at, part in enumerate(kind)
        ]
        return context.make_tuple(builder, kind, parts)
    if not isinstance(kind, types.Array):
        return value
    array = context.make_array(kind)(context, builder, value)
    array.meminfo = array.meminfo.type(None)
    return array._getvalue()
