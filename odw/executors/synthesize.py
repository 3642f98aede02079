"""A value that is valid under a JSON Schema, made from a seed: equal seeds give equal values, different ones vary.

Made directly: types, properties, arrays, enum, const, bounds, lengths, patterns, anyOf / oneOf / allOf, local ``$ref``. What cannot be
aimed at (``not``, ``if``, branches of oneOf that overlap, …) is asked of the validator, and missed values are drawn again.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from odw.executors.synthesize_text import text_for
from odw.jsonvalue import JsonValue
from odw.schema import Validator

MAX_DEPTH = (
    8  # a recursive schema is cut here: optional parts are left out, arrays are as short as they may be
)


DRAWS = 40
_MISSABLE = (
    "not", "if", "oneOf", "anyOf", "allOf", "$ref", "pattern", "contains", "uniqueItems", "multipleOf",
    "dependentSchemas", "dependentRequired", "propertyNames", "patternProperties", "unevaluatedProperties", "$dynamicRef",
)  # fmt: skip


class Dice:
    """A stream of numbers from a seed; the same on every machine and Python."""

    __slots__ = ("_block", "_count", "_seed")

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode("utf-8", "replace")
        self._count = 0
        self._block = b""

    def below(self, n: int) -> int:
        """A number from 0 to n - 1."""
        if len(self._block) < 4:
            self._block = hashlib.sha256(self._seed + b"%d" % self._count).digest()
            self._count += 1
        number = int.from_bytes(self._block[:4], "big")
        self._block = self._block[4:]
        return number % n if n > 1 else 0


def synthesize(schema: Any, seed: str) -> JsonValue:
    """The value of ``seed`` under ``schema``; if DRAWS values miss it, which a schema that nothing fits makes sure of, the last."""
    value = _Synthesis(schema, Dice(seed)).value(schema, "value", 0)
    validator = _validator_of(schema)
    for draw in range(1, DRAWS):
        if validator is None or not validator.problems(value):
            break
        value = _Synthesis(schema, Dice(f"{seed}/{draw}")).value(schema, "value", 0)
    return value


_validators: dict[str, Validator | None] = {}


def _validator_of(schema: Any) -> Validator | None:
    """None for a schema without any keyword that a value may miss."""
    text = json.dumps(schema, sort_keys=True)
    if text not in _validators:
        missable = any(f'"{keyword}":' in text for keyword in _MISSABLE)
        _validators[text] = Validator(schema) if missable else None
    return _validators[text]


class _Synthesis:
    __slots__ = ("_dice", "_root")

    def __init__(self, root: Any, dice: Dice) -> None:
        self._root = root
        self._dice = dice

    def value(self, schema: Any, name: str, depth: int) -> JsonValue:
        """``name`` is the property's, to make texts that read well."""
        if not isinstance(schema, dict):
            return f"{name} {self._dice.below(1000)}"
        schema = self._merged(schema, depth)
        if "const" in schema:
            constant: JsonValue = schema["const"]
            return constant
        options = schema.get("enum")
        if isinstance(options, list) and options:
            options = [option for option in options if _is_of(option, schema.get("type"))] or options
            chosen: JsonValue = options[self._dice.below(len(options))]
            return chosen
        return self._of_type(schema, self._type(schema), name, depth)

    def _merged(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        """``schema`` with its references followed, one branch of each choice taken, and all parts put together."""
        for _ in range(50):
            if "$ref" in schema:
                target = self._resolve(schema["$ref"])
                rest = {key: part for key, part in schema.items() if key != "$ref"}
                schema = _both(target if isinstance(target, dict) else {}, rest)
            elif "allOf" in schema:
                parts = schema["allOf"]
                schema = {key: part for key, part in schema.items() if key != "allOf"}
                for part in parts:
                    if isinstance(part, dict):
                        schema = _both(schema, part)
            elif "anyOf" in schema or "oneOf" in schema:
                key = "anyOf" if "anyOf" in schema else "oneOf"
                branches = [branch for branch in schema[key] if branch is not False]
                rest = {name: part for name, part in schema.items() if name != key}
                if not branches:
                    return rest
                # deep inside a recursive schema the simplest branch ends it
                number = self._dice.below(len(branches)) if depth < MAX_DEPTH else _simplest(branches)
                branch = branches[number]
                schema = _both(rest, branch if isinstance(branch, dict) else {})
            else:
                return schema
        return schema

    def _resolve(self, reference: Any) -> Any:
        if not isinstance(reference, str) or not reference.startswith("#"):
            return {}
        target = self._root
        for step in reference[1:].split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")
            if isinstance(target, list) and step.isdigit() and int(step) < len(target):
                target = target[int(step)]
            elif isinstance(target, dict) and step in target:
                target = target[step]
            else:
                return {}
        return target

    def _type(self, schema: dict[str, Any]) -> str:
        kind = schema.get("type")
        if isinstance(kind, list) and kind:
            # null is one choice among several, but not the usual one
            others = [k for k in kind if k != "null"] or kind
            return (
                "null"
                if "null" in kind and self._dice.below(4) == 0
                else others[self._dice.below(len(others))]
            )
        if isinstance(kind, str):
            return kind
        for key, implied in _IMPLIED:
            if key in schema:
                return implied
        return "string"

    def _of_type(self, schema: dict[str, Any], kind: str, name: str, depth: int) -> JsonValue:
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, name, depth)
        if kind == "boolean":
            return self._dice.below(2) == 1
        if kind == "null":
            return None
        if kind in ("integer", "number"):
            return self._number(schema, kind == "integer")
        return text_for(schema, name, self._dice.below)

    def _object(self, schema: dict[str, Any], depth: int) -> JsonValue:
        properties = schema.get("properties") or {}
        required = [key for key in schema.get("required") or () if isinstance(key, str)]
        wanted = set(required)
        most = schema.get("maxProperties", len(properties) + len(required))
        result: dict[str, JsonValue] = {}
        for key, part in properties.items():
            optional = key not in wanted
            if optional and (
                part is False or depth >= MAX_DEPTH or len(wanted) >= most or self._dice.below(3) == 0
            ):
                continue
            wanted.add(key)
            result[key] = self.value(part, key, depth + 1)
        extra = schema.get("additionalProperties", True)
        for key in required:
            if key not in result:
                result[key] = self.value(self._pattern_schema(schema, key, extra), key, depth + 1)
        for _ in range(100):
            if len(result) >= schema.get("minProperties", 0) or extra is False:
                break
            key = text_for(schema.get("propertyNames") or {}, "key", self._dice.below).replace(" ", "_")
            if key not in result:
                result[key] = self.value(extra, key, depth + 1)
        for key, part in properties.items():  # minProperties may need an optional one after all
            if len(result) >= schema.get("minProperties", 0):
                break
            if key not in result and part is not False:
                result[key] = self.value(part, key, depth + 1)
        return result

    def _pattern_schema(self, schema: dict[str, Any], key: str, extra: Any) -> Any:
        import re

        for pattern, part in (schema.get("patternProperties") or {}).items():
            if re.search(pattern, key):
                return part
        return extra

    def _array(self, schema: dict[str, Any], name: str, depth: int) -> JsonValue:
        prefix = schema.get("prefixItems") or []
        least = max(schema.get("minItems", 0), schema.get("minContains", 1) if "contains" in schema else 0)
        most = schema.get("maxItems", max(least + 2, 3))
        items = schema.get("items", schema.get("contains", True))
        count = (
            least
            if depth >= MAX_DEPTH or most <= least
            else least + self._dice.below(min(most - least, 3) + 1)
        )
        if items is False:
            count = min(count, len(prefix))
        singular = name[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith("ss") else name
        unique = schema.get("uniqueItems") is True
        result: list[JsonValue] = []
        seen: set[str] = set()
        for index in range(count):
            part = prefix[index] if index < len(prefix) else items
            if "contains" in schema and index < schema.get("minContains", 1) and index >= len(prefix):
                part = schema["contains"]
            for _ in range(30 if unique else 1):
                value = self.value(part, singular, depth + 1)
                text = json.dumps(value, sort_keys=True) if unique else ""
                if not unique or text not in seen:
                    seen.add(text)
                    result.append(value)
                    break
        return result

    def _number(self, schema: dict[str, Any], integral: bool) -> JsonValue:
        low, high = _number_of(schema.get("minimum")), _number_of(schema.get("maximum"))
        above, under = _number_of(schema.get("exclusiveMinimum")), _number_of(schema.get("exclusiveMaximum"))
        least = max((x for x in (low, above) if x is not None), default=None)
        most = min((x for x in (high, under) if x is not None), default=None)
        if least is None:
            least = 0 if most is None or most > 0 else most - 100
        if most is None:
            most = least + 100
        step = _number_of(schema.get("multipleOf")) or 0
        if step <= 0 or (integral and step != int(step)):
            step = 1 if integral else _step_within(least, most)
        first, last = -(-least // step), most // step
        if above is not None and first * step <= above:
            first += 1
        if under is not None and last * step >= under:
            last -= 1
        count = int(min(max(last - first, 0), 10**6)) + 1
        number = (first + self._dice.below(count)) * step
        return int(number) if integral or float(number).is_integer() else round(float(number), 9)


def _number_of(value: Any) -> Any:
    """An int or a float; None for what is no number, such as draft 4's ``exclusiveMinimum: true``."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _step_within(least: Any, most: Any) -> Any:
    """A power of ten that divides the space between two bounds at least twenty times."""
    step = 0.01
    while 0 < most - least < 20 * step and step > 1e-9:
        step /= 10
    return step


_IMPLIED = (
    ("properties", "object"), ("required", "object"), ("additionalProperties", "object"), ("minProperties", "object"),
    ("items", "array"), ("prefixItems", "array"), ("minItems", "array"), ("contains", "array"), ("uniqueItems", "array"),
    ("minimum", "number"), ("maximum", "number"), ("multipleOf", "number"), ("exclusiveMinimum", "number"),
)  # fmt: skip


def _is_of(value: Any, kinds: Any) -> bool:
    """Whether a value is of one of the types that the keyword ``type`` names; without it, any is."""
    if kinds is None:
        return True
    named = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(value, bool) or value is None:
        return ("null" if value is None else "boolean") in named
    if isinstance(value, int | float):
        return "number" in named or ("integer" in named and float(value).is_integer())
    name = "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
    return name in named


def _simplest(branches: list[Any]) -> int:
    sizes = [len(json.dumps(branch)) if "$ref" not in json.dumps(branch) else 10**9 for branch in branches]
    return sizes.index(min(sizes))


def _both(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    """A schema whose values satisfy both, where simple rules can say it; else the second's word counts."""
    merged = dict(a)
    for key, part in b.items():
        if key not in merged:
            merged[key] = part
        elif key == "properties" or key in ("$defs", "definitions", "patternProperties"):
            merged[key] = {**merged[key], **{k: _all_of(merged[key].get(k), v) for k, v in part.items()}}
        elif key == "required":
            merged[key] = [*merged[key], *(k for k in part if k not in merged[key])]
        elif key in ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"):
            merged[key] = max(merged[key], part)
        elif key in ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"):
            merged[key] = min(merged[key], part)
        elif key == "enum":
            merged[key] = [option for option in merged[key] if option in part] or part
        elif key == "type":
            merged[key] = _common_types(merged[key], part)
        elif key in ("allOf", "anyOf", "oneOf"):
            merged.setdefault("allOf", [])
            merged["allOf"] = [*merged["allOf"], {key: part}] if key != "allOf" else [*merged["allOf"], *part]
        else:
            merged[key] = part
    return merged


def _all_of(a: Any, b: Any) -> Any:
    return {"allOf": [a, b]} if isinstance(a, dict) and isinstance(b, dict) else b


def _common_types(a: Any, b: Any) -> Any:
    first, second = ([t] if isinstance(t, str) else list(t) for t in (a, b))
    common = [t for t in first if t in second]
    if "number" in first and "integer" in second:
        common.append("integer")
    if "integer" in first and "number" in second:
        common.append("integer")
    return common[0] if len(common) == 1 else common or b
