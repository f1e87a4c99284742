"""The nouns as JSON and back, for any frozen dataclass: `loads(type(x), dumps(x)) == x`.

The JSON is canonical (fields in their order, those at their default left out, no spaces), so equal values have equal
text. It is pure in another sense too: characters that XML or UTF-8 cannot carry are written as escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = Any
"""What `json` makes of a text; checked on the way in."""

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]")
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class DamagedError(ValueError):
    """A text that is no JSON, or not that of the type it should be."""


def dumps(value: object) -> str:
    """The canonical JSON of a dataclass, a tuple of them, or a plain value."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", _ENCODE.encode(to_json(value)))


def loads(kind: type[T], text: str) -> T:
    """The value of type `kind` in `text`; DamagedError, saying where, when it holds anything else."""
    try:
        return from_json(kind, json.loads(text))
    except (ValueError, RecursionError) as error:
        raise DamagedError(str(error)) from error


def to_json(value: object) -> Json:
    """`value` as what `json` can write: a dataclass becomes an object, a tuple an array, an enumeration its value."""
    kind = type(value)
    if kind is str or kind is int or kind is float or kind is bool or value is None:
        return value
    if kind is tuple or kind is list:
        return [to_json(item) for item in cast("tuple[object, ...]", value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in sorted(value.items())}
    record = {}
    for name, default in _defaults(cast("Any", kind)):
        item = getattr(value, name)
        if item is not default and item != default:
            record[name] = to_json(item)
    return record


def from_json(kind: type[T], data: Json) -> T:
    """The inverse of `to_json`: `data` as a value of type `kind`; ValueError when it is none."""
    return cast("T", _reader(cast("Any", kind))(data))


@cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} has no JSON form")
    return tuple((field.name, field.default) for field in fields(kind))


@cache
def _reader(kind: Any) -> Callable[[Json], object]:
    """A function from JSON to `kind`, made once for each type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        if len(arguments) == 2 and NoneType in arguments:
            return _optional(_reader(next(item for item in arguments if item is not NoneType)))
        raise TypeError(f"{kind}: only unions with None can be read")
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is ...:
            return _many(_reader(arguments[0]))
        return _fixed(tuple(_reader(item) for item in arguments))
    if origin is dict:
        return _mapping(_reader(arguments[1]))
    if is_dataclass(kind):
        return _record(kind)
    return _member(kind) if issubclass(kind, Enum) else _plain(kind)


def _plain(kind: type) -> Callable[[Json], object]:
    accepted = (int, float) if kind is float else (kind,)

    def read(data: Json) -> object:
        if type(data) not in accepted:
            raise ValueError(f"{data!r:.60} is not a {kind.__name__}")
        return data

    return read


def _member(kind: type[Enum]) -> Callable[[Json], object]:
    members = {member.value: member for member in kind}

    def read(data: Json) -> object:
        found = members.get(data) if type(data) is str else None
        return kind(data) if found is None else found

    return read


def _optional(inner: Callable[[Json], object]) -> Callable[[Json], object]:
    return lambda data: None if data is None else inner(data)


def _list(data: Json) -> list[Json]:
    if type(data) is not list:
        raise ValueError(f"{data!r:.60} is not a list")
    return data


def _many(inner: Callable[[Json], object]) -> Callable[[Json], object]:
    return lambda data: tuple([inner(item) for item in _list(data)])


def _fixed(inner: tuple[Callable[[Json], object], ...]) -> Callable[[Json], object]:
    return lambda data: tuple([read(item) for read, item in zip(inner, _list(data), strict=True)])


def _mapping(inner: Callable[[Json], object]) -> Callable[[Json], object]:
    def read(data: Json) -> object:
        if type(data) is not dict:
            raise ValueError(f"{data!r:.60} is not an object")
        return {key: inner(item) for key, item in data.items()}

    return read


def _record(kind: Any) -> Callable[[Json], object]:
    hints = get_type_hints(kind)
    readers: dict[str, tuple[Any, Callable[[Json], object]]] = {}
    required = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}

    def read(data: Json) -> object:
        if type(data) is not dict:
            raise ValueError(f"{data!r:.60} is not a {kind.__name__}")
        if not readers:  # made late, so that a type may hold itself
            kinds = {field.name: hints[field.name] for field in fields(kind)}
            readers.update({name: (_taken_as_is(held), _reader(held)) for name, held in kinds.items()})
        if not required <= data.keys():
            raise ValueError(f"a {kind.__name__} without {', '.join(sorted(required - data.keys()))}")
        try:
            values = {}
            for name, item in data.items():
                plain, reader = readers[name]
                values[name] = item if type(item) is plain else reader(item)
            return kind(**values)
        except KeyError as error:
            raise ValueError(f"a {kind.__name__} has no field {error}") from None

    return read


def _taken_as_is(kind: Any) -> Any:
    """The type of which a value of JSON is one of `kind` already, which most of them are; None where there is none."""
    inner = next((item for item in get_args(kind) if item is not NoneType), None)
    plain = inner if get_origin(kind) in {Union, UnionType} else kind
    return plain if plain in {str, int, bool, float} else None
