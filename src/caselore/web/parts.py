"""Parts of the grid's page that are the same for everybody: rendered once, as long as what they show stays the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from jinja2 import Environment
from markupsafe import Markup

_KEPT = 4000


def part(environment: Environment, template: str, **shown: Any) -> Markup:
    """A template filled with plain values, which all of its output follows from. Templates of parts know nothing of the request."""
    return _rendered(environment, template, msgspec.json.encode(shown))


@lru_cache(maxsize=_KEPT)
def _rendered(environment: Environment, template: str, shown: bytes) -> Markup:
    # Templates of ours escape what they are given.
    return Markup(environment.get_template(template).render(msgspec.json.decode(shown)))
