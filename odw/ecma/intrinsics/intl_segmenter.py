"""Intl.Segmenter (ECMA-402 section 18): graphemes and words by the rules of UAX 29 that the ``regex`` package has.

NON-SPEC: words of scripts without spaces are not found by a dictionary; each Han character is one.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iterator_operations import create_iter_result_object
from odw.ecma.abstract_ops.type_conversion import to_integer_or_infinity, to_string
from odw.ecma.completion import NotSupportedYet, type_error
from odw.ecma.intrinsics.builders import define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list
from odw.ecma.intrinsics.intl_options import check_locale_matcher, options_object, text_option
from odw.ecma.intrinsics.intl_support import define_constructor, locale_of, receiver
from odw.ecma.realm import R
from odw.ecma.regexp.code_units import to_code_points
from odw.ecma.values import JSObject, OrdinaryObject, WellKnown, undefined

_OWNER = "Intl.Segmenter"


def read(locales: Any, options: Any) -> dict[str, Any]:
    tags = canonicalize_locale_list(locales)
    options = options_object(options)
    check_locale_matcher(options, _OWNER)
    allowed = ("grapheme", "word", "sentence")
    granularity = text_option(options, "granularity", allowed, "grapheme", _OWNER)
    if granularity == "sentence":
        raise NotSupportedYet("granularity sentence in Intl.Segmenter")
    return {"locale": locale_of(tags), "granularity": granularity}


def boundaries(text: str, granularity: str) -> list[int]:
    """The indices, in code units, where segments begin, and the length of the text."""
    import regex

    points = to_code_points(text)
    if granularity == "grapheme":
        ends = [match.end() for match in regex.finditer(r"\X", points)]
    else:
        ends = [match.start() for match in regex.finditer(r"(?w)\b", points) if match.start()]
    if points and (not ends or ends[-1] != len(points)):
        ends.append(len(points))
    result = [0]
    start = 0
    for end in ends:
        piece = points[start:end]
        result.append(result[-1] + len(piece) + sum(character > "\uffff" for character in piece))
        start = end
    return result


class Segments(OrdinaryObject):
    """What ``segment(text)`` returns: iterable, and asked for the segment at an index."""

    __slots__ = ("edges", "granularity", "text")

    def __init__(self, text: str, granularity: str) -> None:
        self._proto = R.segments_prototype
        self.extensible = True
        self.text = text
        self.granularity = granularity
        self.edges = boundaries(text, granularity)

    def data(self, number: int) -> JSObject:
        """CreateSegmentDataObject (18.7.1) of one segment."""
        start, end = self.edges[number], self.edges[number + 1]
        segment = self.text[start:end]
        data = JSObject({"segment": segment, "index": start, "input": self.text})
        if self.granularity == "word":
            data["isWordLike"] = any(character.isalnum() for character in to_code_points(segment))
        return data


class SegmentIterator(OrdinaryObject):
    __slots__ = ("following", "segments")

    def __init__(self, segments: Segments) -> None:
        self._proto = R.segment_iterator_prototype
        self.extensible = True
        self.segments = segments
        self.following = 0


def segment(this: Any, text: Any = undefined, *_: Any) -> Any:
    """Intl.Segmenter.prototype.segment (18.3.3)."""
    resolved = receiver(this, "Segmenter", "segment").resolved
    return Segments(to_string(text), resolved["granularity"])


def containing(this: Any, index: Any = undefined, *_: Any) -> Any:
    """%SegmentsPrototype%.containing (18.5.2.1)."""
    if not isinstance(this, Segments):
        raise type_error(
            f"Method %SegmentsPrototype%.containing called on incompatible receiver {describe(this)}"
        )
    position = to_integer_or_infinity(index)
    if not 0 <= position < len(this.text):
        return undefined
    return this.data(bisect_right(this.edges, position) - 1)


def iterator(this: Any, *_: Any) -> Any:
    if not isinstance(this, Segments):
        raise type_error(
            f"Method %SegmentsPrototype%[Symbol.iterator] called on incompatible receiver {describe(this)}"
        )
    return SegmentIterator(this)


def next_(this: Any, *_: Any) -> Any:
    """%SegmentIteratorPrototype%.next (18.6.2.1)."""
    if not isinstance(this, SegmentIterator):
        raise type_error(
            f"Method %SegmentIterator.prototype%.next called on incompatible receiver {describe(this)}"
        )
    if this.following >= len(this.segments.edges) - 1:
        return create_iter_result_object(undefined, True)
    this.following += 1
    return create_iter_result_object(this.segments.data(this.following - 1), False)


def define(intl: Any) -> None:
    define_constructor(intl, "Segmenter", read, {"segment": (segment, 1)}, {})
    R.segments_prototype = new_prototype()
    define_methods(R.segments_prototype, {"containing": (containing, 1), WellKnown.iterator: (iterator, 0)})
    R.segment_iterator_prototype = new_prototype(R.iterator_prototype)
    define_methods(R.segment_iterator_prototype, {"next": (next_, 0)})
    define_tag(R.segment_iterator_prototype, "Segmenter String Iterator")
