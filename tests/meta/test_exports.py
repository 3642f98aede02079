"""``odw.__all__`` is sorted and true, and so is every other ``__all__``."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import odw

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(odw.__path__, "odw.")
    if not module.name.endswith("__main__")
)


def test_the_package_exports_what_it_says() -> None:
    assert list(odw.__all__) == sorted(odw.__all__)
    assert [name for name in odw.__all__ if not hasattr(odw, name)] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_and_exports_what_it_says(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__ or not module.__dict__.get("__all__"), "a module that exports says what it is"
    exported = list(getattr(module, "__all__", ()))
    assert len(set(exported)) == len(exported)
    assert [entry for entry in exported if not hasattr(module, entry)] == []
